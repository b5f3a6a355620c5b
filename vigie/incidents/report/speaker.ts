import { Html, html } from './html.ts';
import type { Label } from './report-words.ts';

export type Language = 'fr' | 'en';
/** French first where there are two. */
export type Languages = readonly ['fr'] | readonly ['en'] | readonly ['fr', 'en'];

/** Says things in the languages of a document, and in its time. */
export interface Speaker {
  languages: Languages;
  first: Language;
  zone: string;
  /** In one line: `Délais / Times`. */
  plain(label: Label): string;
  /** The second language beneath the first. */
  label(label: Label): Html;
  /** What is told in both languages, the second one beneath unless it is the same. */
  both(tell: (language: Language) => string): Html;
  /** With seconds, in the document's zone. */
  at(ms: number): string;
  /** `1 h 05 min`, `4 min 10 s`. */
  lasting(ms: number): string;
  number(value: number, digits?: number): string;
  percent(share: number): string;
}

const SECOND = 1000;

export function speakerOf(languages: Languages, zone: string): Speaker {
  const [first] = languages;
  const second = languages.length === 2 ? languages[1] : null;
  const locale = first === 'fr' ? 'fr-FR' : 'en-GB';
  const instants = new Intl.DateTimeFormat(locale, { timeZone: zone, day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const both: Speaker['both'] = (tell) => {
    const [one, other] = [tell(first), second === null ? null : tell(second)];
    return other === null || other === one ? html`<span class="text">${one}</span>` : html`<span class="text">${one}</span><span class="second" lang="${second}">${other}</span>`;
  };
  return {
    languages, first, zone, both,
    plain: ([fr, en]) => (second !== null && fr !== en ? `${fr} / ${en}` : first === 'fr' ? fr : en),
    label: ([fr, en]) => both((language) => (language === 'fr' ? fr : en)),
    at: (ms) => instants.format(ms),
    lasting(ms) {
      const all = Math.round(Math.abs(ms) / SECOND);
      const [hours, minutes, seconds] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
      if (hours > 0) return `${hours} h ${String(minutes).padStart(2, '0')} min`;
      return minutes === 0 ? `${seconds} s` : seconds === 0 ? `${minutes} min` : `${minutes} min ${seconds} s`;
    },
    number: (value, digits = 0) => new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value),
    percent: (share) => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(share),
  };
}

/** The languages of those who read it. */
export function languagesOf(readers: readonly { language: Language }[]): Languages {
  const [fr, en] = (['fr', 'en'] as const).map((language) => readers.some((reader) => reader.language === language));
  return en && !fr ? ['en'] : en ? ['fr', 'en'] : ['fr'];
}
