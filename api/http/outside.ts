/** Signing by a personal link: the only doors that are for everybody. */
export const SIGN_DOORS_PATH = '/sign/api/';

/** What a browser asks of a page to sign, its icon too, and nothing that a reader of paths could take for another one. */
const READ = [/^\/sign\/[\w-]{1,200}$/, /^\/sign\/api\/[\w-]{1,200}(?:\/document)?$/, /^\/_next\/static\/[\w.~-]+(?:\/[\w.~-]+)*$/, /^\/icon\.svg$/];
const SENT = /^\/sign\/api\/[\w-]{1,200}$/;
const DOTS = /\/\.{1,2}(?:\/|$)/;

/**
 * Whether a reverse proxy may hand this on from outside: the page to sign, its static files and its doors. All else is for this
 * machine and the people of the site, who see everything.
 * @param path without its query
 */
export function isForOutside(method: string | undefined, path: string): boolean {
  if (method === 'POST') return SENT.test(path);
  return (method === 'GET' || method === 'HEAD') && !DOTS.test(path) && READ.some((one) => one.test(path));
}
