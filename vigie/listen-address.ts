/** Where a process listens: `127.0.0.1:4710`, `[::1]:4710`, `0.0.0.0:4710`. */
export interface ListenAddress { host: string; port: number }

/** Null when the text is none. Port 0 = any free one. */
export function parseListenAddress(text: string): ListenAddress | null {
  const parts = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9.-]+)):(\d{1,5})$/i.exec(text.trim());
  const [host, port] = [parts?.[1] ?? parts?.[2] ?? '', Number(parts?.[3])];
  return parts && port <= 65_535 ? { host, port } : null;
}

/** Only this machine reaches it. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host) || /^::ffff:127(\.\d{1,3}){3}$/i.test(host);
}

/** As a URL has it: an IPv6 address in brackets. */
export function hostInUrl(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
