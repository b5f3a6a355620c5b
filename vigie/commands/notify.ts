import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { isMailAddress } from '../../warehouse/operational/notifications/mail-address.ts';
import { NOTIFICATION_STATES, type NotificationState } from '../../warehouse/operational/notifications/notification.ts';
import type { Configuration } from '../configuration.ts';
import type { Delivery } from '../notify/delivery.ts';
import { createMailServer } from '../notify/mail-server.ts';
import { mailText, type Language } from '../notify/mail-text.ts';
import { NO_MAIL_SERVER } from '../notify/sender.ts';
import { callWebhook } from '../notify/webhook.ts';
import { languageOfCaller, parseLanguage } from './call-file.ts';
import { configurationFor, print, withDataOption, withJsonOption } from './invocation.ts';
import { deliveryInWords, journalInWords, notificationInWords, testMailWords } from './notify-words.ts';
import { withStore } from './store-access.ts';
import { UsageError } from './usage-error.ts';

interface Common { data?: string; json?: boolean; language: Language }
interface TestOptions { to?: string; webhook?: string; json?: boolean; language: Language }
interface ListOptions extends Common { about?: string; state?: NotificationState; limit: number }

const MOST_LINES = 10_000;

export function addNotify(program: Command): void {
  const command = program.command('notify').description('mails and webhooks: try them, and read what was told to whom');
  const withLanguage = (subcommand: Command): Command => subcommand.option('--language <en|fr>', 'of the test mail and of what is printed', parseLanguage, languageOfCaller());

  withLanguage(withJsonOption(command.command('test').description('sends one test mail or webhook call now, beside the outbox, and says exactly what the server answered')
    .option('--to <address>', 'to this address')
    .option('--webhook <name>', 'to this webhook of VIGIE_WEBHOOKS')))
    .action((options: TestOptions) => runTest(options));

  withLanguage(withJsonOption(withDataOption(command.command('list').description('the journal of the outbox, the newest first')
    .option('--about <kind/id>', 'about one thing, such as incident/12')
    .option('--state <name>', `of ${NOTIFICATION_STATES.join(', ')}`, parseState)
    .option('--limit <n>', 'how many', parseLimit, 50))))
    .action((options: ListOptions) => withStore(options, 'vigie notify list', async (store) => {
      const about = options.about === undefined ? {} : { about: parseAbout(options.about) };
      const all = await store.notifications.list({ ...about, ...(options.state ? { states: [options.state] } : {}), limit: options.limit });
      const sinceMs = all.length < options.limit && !options.json ? await store.notifications.keptSinceMs() : null;
      const since = sinceMs === null ? [] : [journalInWords(sinceMs, options.language)];
      print(options.json ? JSON.stringify(all) : [...all.map((each) => notificationInWords(each, options.language)), ...since].join('\n') || (options.language === 'fr' ? 'Aucune notification' : 'No notifications'));
    }));

  withLanguage(withJsonOption(withDataOption(command.command('retry').description('tries one again that was given up').argument('<id>', 'its number', parseId))))
    .action((id: number, options: Common) => withStore(options, 'vigie notify retry', async (store) => {
      const again = await store.notifications.retry(id, Date.now());
      if (!again) throw new UsageError(`${id}: only what was given up can be tried again, and what it says must be there still`);
      print(options.json ? JSON.stringify({ id, state: 'due' }) : options.language === 'fr' ? `${id} : à envoyer` : `${id}: to be sent`);
    }));
}

async function runTest({ to, webhook, json = false, language }: TestOptions): Promise<void> {
  if ((to === undefined) === (webhook === undefined)) throw new UsageError('say where to: --to <address> or --webhook <name>');
  const configuration = configurationFor({});
  const startedMs = Date.now();
  const { through, delivery } = to === undefined ? await testWebhook(configuration, webhook ?? '') : await testMail(configuration, to, language);
  if (json) print(JSON.stringify({ through, ...delivery, tookMs: Date.now() - startedMs }));
  else print(deliveryInWords(delivery, { to: to ?? webhook ?? '', through, tookMs: Date.now() - startedMs }, language));
  if (delivery.kind !== 'sent') process.exitCode = 1;
}

async function testMail({ notify: { mail }, siteUrl }: Configuration, to: string, language: Language): Promise<{ through: string; delivery: Delivery }> {
  if (!mail) throw new UsageError(NO_MAIL_SERVER);
  if (!isMailAddress(to)) throw new UsageError(`--to ${JSON.stringify(to)}: one e-mail address is expected`);
  const words = testMailWords(language);
  const link = siteUrl === null ? {} : { link: { label: words.open, url: siteUrl } };
  const content = mailText({ language, title: words.subject, paragraphs: words.paragraphs, ...link });
  const through = `${mail.secure ? 'smtps' : 'smtp'}://${mail.host}:${mail.port}`;
  return { through, delivery: await createMailServer(mail).send({ delivery: randomUUID(), recipient: to, subject: words.subject, about: null, attachments: [], ...content }) };
}

async function testWebhook({ notify: { webhooks } }: Configuration, name: string): Promise<{ through: string; delivery: Delivery }> {
  const webhook = webhooks.find((each) => each.name === name);
  if (!webhook) throw new UsageError(`--webhook ${name}: there is none of this name in VIGIE_WEBHOOKS${webhooks.length === 0 ? '' : ` (there are ${webhooks.map((each) => each.name).join(', ')})`}`);
  // The path of an address may be a secret.
  return { through: new URL(webhook.url).origin, delivery: await callWebhook(webhook, { delivery: randomUUID(), body: { kind: 'test', at: new Date().toISOString() } }) };
}

function parseAbout(text: string): { kind: string; id: string } {
  const { kind = '', id = '' } = /^(?<kind>[a-z-]+)\/(?<id>.+)$/.exec(text)?.groups ?? {};
  if (kind === '') throw new UsageError(`--about ${JSON.stringify(text)}: kind/id is expected, such as incident/12`);
  return { kind, id };
}

function parseState(text: string): NotificationState {
  const state = NOTIFICATION_STATES.find((each) => each === text);
  if (!state) throw new UsageError(`--state ${JSON.stringify(text)}: one of ${NOTIFICATION_STATES.join(', ')} is expected`);
  return state;
}

function parseLimit(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < 1 || number > MOST_LINES) throw new UsageError(`--limit ${JSON.stringify(text)}: a whole number from 1 to ${MOST_LINES} is expected`);
  return number;
}

function parseId(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new UsageError(`${JSON.stringify(text)}: the number of a notification is expected`);
  return Number(text);
}
