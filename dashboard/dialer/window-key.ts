/** A window of so many hours, in the words in which people speak of it. */
export function windowKey(hours: number): { key: 'hours' | 'days'; count: number } {
  return hours > 24 && hours % 24 === 0 ? { key: 'days', count: hours / 24 } : { key: 'hours', count: hours };
}
