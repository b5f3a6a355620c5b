/** A number as it is stored: E.164 without its plus, which never begins with 0 and has fifteen digits at most. */
export function fromE164(number: string): number {
  if (!/^\+[1-9]\d{4,14}$/.test(number)) throw new Error(`"${number}" is no number in E.164: + and 5 to 15 digits are expected`);
  return Number(number.slice(1));
}

export function toE164(stored: number | string): string {
  return `+${stored}`;
}
