/** The share of its time that a component is meant to be there: 0.999 is 99.9 %. */
interface ComponentTarget { component: string; target: number }

/** Why a text is no target. The finest one leaves a millionth of the time: less cannot be measured. */
type TargetProblem = 'availabilityUnread' | 'availabilityOutside' | 'availabilityTooFine';

const MONTH_S = 30 * 86_400;
const FINEST = 1_000_000;

/** What somebody wrote, `99,9`, `99.9` or `99,9 %`: a share; null = nothing; a text = why it is none. */
export function parseTarget(text: string): number | TargetProblem | null {
  const plain = text.replaceAll(/\s/g, '').replace(/%$/, '').replace(',', '.');
  if (plain === '') return null;
  if (!/^[+-]?\d+(\.\d*)?$/.test(plain)) return 'availabilityUnread';
  const percent = Number(plain);
  if (percent <= 0 || percent >= 100) return 'availabilityOutside';
  return /\.\d{4}0*[1-9]/.test(plain) ? 'availabilityTooFine' : Math.round(percent * (FINEST / 100)) / FINEST;
}

/** A share as people write it, without the sign: `99,9`. */
export function targetText(target: number, locale: string): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 4 }).format(target * 100);
}

/** For how long it may be away in 30 days: `43 min 12 s`, `7 h 12`. */
export function allowedSpan(target: number): string {
  const seconds = Math.round((1 - target) * MONTH_S * 10) / 10;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const [minutes, rest] = [Math.floor(seconds / 60), Math.floor(seconds % 60)];
  if (minutes >= 60) return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`;
  return rest === 0 ? `${minutes} min` : `${minutes} min ${String(rest).padStart(2, '0')} s`;
}

/** What is kept once somebody has written these texts over what is set: those that are not usual. Null = one of them cannot be read. */
export function writtenTargets(set: readonly ComponentTarget[], written: Readonly<Record<string, string>>, usual: number): ComponentTarget[] | null {
  const targets = new Map(set.map(({ component, target }) => [component, target]));
  for (const [component, text] of Object.entries(written)) {
    const target = parseTarget(text);
    if (typeof target === 'string') return null;
    if (target === null || target === usual) targets.delete(component);
    else targets.set(component, target);
  }
  return [...targets].map(([component, target]) => ({ component, target })).toSorted((a, b) => (a.component < b.component ? -1 : 1));
}
