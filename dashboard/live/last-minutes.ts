const MINUTE = 60_000;

/** The address's range for the last minutes, the running one included: what the live board's rolling figures are over. */
export function lastMinutes(nowMs: number, minutes: number): string {
  const end = (Math.floor(nowMs / MINUTE) + 1) * MINUTE;
  return `${instant(end - minutes * MINUTE)}..${instant(end)}`;
}

function instant(ms: number): string {
  return new Date(ms).toISOString().replace('.000', '');
}
