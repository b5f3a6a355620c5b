/** One address, without a name; letters of all languages, and nothing that would begin a header of its own. */
export function isMailAddress(text: string): boolean {
  return /^[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\]+$/u.test(text);
}
