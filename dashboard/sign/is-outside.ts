/** Pages for those who hold a link and are not users: nothing of the inside stands around them, and nothing of it is asked for. */
export function isOutside(pathname: string | null): boolean {
  return pathname?.startsWith('/sign/') ?? false;
}
