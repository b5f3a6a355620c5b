/** What a person can do about the machine's own troubles. Engines tell them in words only, the system by codes. */
const REMEDIES: readonly (readonly [RegExp, string])[] = [
  [/\bENOSPC\b|No space left on device|\bEDQUOT\b|Disk quota exceeded/i, 'The disk is full. What was loaded or acknowledged before is kept: free some space and do it again; a server goes on by itself.'],
  [/\bEROFS\b|Read-only file system/i, 'The file system is read only: choose another directory with --data or VIGIE_DATA, or make it writable.'],
  [/\bEACCES\b|\bEPERM\b|Permission denied/i, 'This user may not read or write there: choose another directory with --data or VIGIE_DATA, or have its rights changed.'],
  [/\bENOTDIR\b|\bEEXIST\b.*mkdir/i, 'A file stands where a directory is wanted: choose another directory with --data or VIGIE_DATA.'],
];

/** The advice that fits an error or what caused it; null = none is known. */
export function remedyOf(error: Error): string | null {
  for (let each: unknown = error; each instanceof Error; each = each.cause) {
    const { message } = each;
    const known = REMEDIES.find(([pattern]) => pattern.test(message));
    if (known) return known[1];
  }
  return null;
}
