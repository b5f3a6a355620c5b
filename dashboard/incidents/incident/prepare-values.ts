/** What detectors measure, by the names that they give it. */
const NAMES = [
  'key', 'site', 'loggedIn', 'before', 'missing', 'withinSeconds', 'agents', 'folder', 'newest', 'ageHours', 'everyDays', 'graceHours',
  'path', 'place', 'freeBytes', 'sizeBytes', 'freeShare', 'gateway', 'channels', 'busyChannels', 'refused', 'silentSeconds', 'expected', 'full',
  'silent', 'connected', 'tenant', 'windowMinutes', 'calls', 'open', 'campaign', 'limit', 'hours', 'nuisance', 'passed', 'share',
  'ageSeconds', 'active', 'unloadedSeconds', 'waitingSeconds', 'limitSeconds', 'bytes', 'maximumBytes', 'rows', 'growingSeconds', 'writeError', 'loadError',
] as const;

export interface Measured {
  name: string;
  /** What it is called on the page; null = a detector says something new. */
  known: (typeof NAMES)[number] | null;
  /** A truth is told in the reader's words. */
  value: string | boolean;
}

/** Figures by name, as a detector said them; whatever else there is stays out. */
export function prepareValues(values: unknown, locale: string): Measured[] {
  if (typeof values !== 'object' || values === null) return [];
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 3 });
  return Object.entries(values).flatMap(([name, value]: [string, unknown]): Measured[] => {
    const known = NAMES.find((each) => each === name) ?? null;
    if (typeof value === 'number') return [{ name, known, value: number.format(value) }];
    if (typeof value === 'string') return [{ name, known, value: value === '' ? '–' : value }];
    if (typeof value === 'boolean') return [{ name, known, value }];
    return value === null ? [{ name, known, value: '–' }] : [];
  });
}
