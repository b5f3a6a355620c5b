/** A piece of a document: its texts are escaped already. */
export class Html {
  readonly source: string;
  constructor(source: string) {
    this.source = source;
  }
}

type Value = Html | string | number | null | readonly Html[];

/** Everything that is put in is text, unless it is a piece itself: nothing that anybody wrote becomes a tag. Null is nothing. */
export function html(strings: TemplateStringsArray, ...values: readonly Value[]): Html {
  return new Html(strings.map((string, index) => `${string}${index < values.length ? sourceOf(values[index] ?? null) : ''}`).join(''));
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
/** What turns the order of letters around, or cannot be seen, would have another text signed than the one that is read. */
const UNSEEN = /\p{Cc}(?<![\t\n])|[\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]|\p{Surrogate}/gu;

function sourceOf(value: Value): string {
  if (value === null) return '';
  if (value instanceof Html) return value.source;
  if (typeof value === 'object') return value.map(({ source }) => source).join('');
  return String(value).replaceAll('\r\n', '\n').replaceAll(UNSEEN, '\uFFFD').replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
