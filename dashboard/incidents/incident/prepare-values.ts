/** Figures by name, as a detector said them; whatever else there is stays out. */
export function prepareValues(values: unknown, locale: string): { name: string; value: string }[] {
  if (typeof values !== 'object' || values === null) return [];
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 3 });
  return Object.entries(values).flatMap(([name, value]: [string, unknown]) => {
    if (typeof value === 'number') return [{ name, value: number.format(value) }];
    if (typeof value === 'string' || typeof value === 'boolean') return [{ name, value: String(value) }];
    return value === null ? [{ name, value: '–' }] : [];
  });
}
