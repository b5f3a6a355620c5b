/**
 * What the program writes from now on only its user can read: callers' numbers, tokens, keys. For every
 * thread and every engine of the process; directories and files that are there keep their modes.
 */
export function keepPrivate(): void {
  process.umask(0o077);
}
