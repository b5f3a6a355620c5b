import { madeContacts } from './campaign-contacts.ts';
import type { Centre, OutboundCampaign } from './centre-schema.ts';

/** Rows of a file of people: every so many one has a number that is none, and one stands there twice. */
const BROKEN_EVERY = 400;
const TWICE_EVERY = 700;
/** Rows made at once: whoever asks for them has other things to do. */
const ROWS_AT_ONCE = 500;

export interface DemonstrationFile { name: string; parts: Iterable<string> }

/**
 * The `index`-th file, from 0, of numbers that a simulated site calls, as its customer would hand it over: CSV, always the same for the same seed.
 * Null = every number of the campaign stands in the files before it.
 */
export function demonstrationFile(centre: Centre, campaign: OutboundCampaign, seed: number | string, index: number): DemonstrationFile | null {
  const { fileName, fileSize } = campaign.contacts;
  const { span, at } = madeContacts(centre, campaign, seed);
  const from = index * fileSize;
  const until = Math.min(span, from + fileSize);
  if (from >= until) return null;
  const row = (place: number): string => {
    const { number, name } = at(place > from && place % TWICE_EVERY === 0 ? place - 1 : place);
    return `${place % BROKEN_EVERY === BROKEN_EVERY - 1 ? number.slice(0, 6) : `+${number}`};${name};C-${String(place + 1).padStart(6, '0')}\r\n`;
  };
  function* parts(): Generator<string> {
    yield '\uFEFFTéléphone;Nom;Référence\r\n';
    for (let place = from; place < until; place += ROWS_AT_ONCE) {
      yield Array.from({ length: Math.min(ROWS_AT_ONCE, until - place) }, (_, i) => row(place + i)).join('');
    }
  }
  return { name: index === 0 ? fileName : fileName.replace(/(?=\.[^.]*$)|$/, `-${index + 1}`), parts: parts() };
}
