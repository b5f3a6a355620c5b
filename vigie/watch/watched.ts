import { isMailAddress } from '../../warehouse/operational/notifications/mail-address.ts';

/** What `vigie watch` looks at, and whom it tells. */
export interface WatchConfiguration {
  /** Of processes; empty = the web server of this machine. */
  addresses: string[];
  /** Mail addresses and names of webhooks. */
  tell: string[];
  everySeconds: number;
}

/** `http://host:port,http://host:port`. @throws what is expected. */
export function parseWatched(text: string): string[] {
  return listOf(text).map((part) => {
    const url = URL.canParse(part) ? new URL(part) : null;
    if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') throw new Error('http://host:port is expected, several separated by commas');
    return url.origin;
  });
}

/** What is wrong with those who are to be told: a name that is no mail address is a webhook's. */
export function wrongRecipients(tell: readonly string[], webhooks: readonly string[]): string[] {
  return tell.filter((name) => (name.includes('@') ? !isMailAddress(name) : !webhooks.includes(name)))
    .map((name) => `VIGIE_WATCH_TELL: "${name}" is neither a mail address nor a webhook of VIGIE_WEBHOOKS`);
}

/** `a,b , c` */
export function listOf(text: string): string[] {
  return text.split(',').map((part) => part.trim()).filter((part) => part !== '');
}
