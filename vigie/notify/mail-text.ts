export type Language = 'fr' | 'en';

export interface MailParts {
  language: Language;
  title: string;
  paragraphs?: readonly string[];
  /** What is known, as a list of names and values. */
  facts?: readonly (readonly [name: string, value: string])[];
  /** One thing to do. */
  link?: { label: string; url: string };
}

const FOOTER: Record<Language, string> = {
  fr: 'Message automatique de Vigie : personne ne lit les réponses.',
  en: 'Sent by Vigie by itself: nobody reads answers.',
};
/** French sets a blank before its colon, which no line may begin with. */
const COLON: Record<Language, string> = { fr: '\u00A0: ', en: ': ' };

/** The two forms of a mail's text, with the same words. No picture and nothing from elsewhere: it reads the same offline and tells nobody that it was read. */
export function mailText({ language, title, paragraphs = [], facts = [], link }: MailParts): { text: string; html: string } {
  const named = ([name, value]: readonly [string, string]): string => `${name}${COLON[language]}${value}`;
  const text = [
    title, ...paragraphs,
    ...(facts.length === 0 ? [] : [facts.map((fact) => `  ${named(fact).replaceAll('\n', '\n    ')}`).join('\n')]),
    ...(link ? [`${link.label}${COLON[language]}\n${link.url}`] : []),
    `-- \n${FOOTER[language]}`,
  ].join('\n\n');
  const body = [
    `<h1 style="font-size:18px;margin:0 0 16px">${escaped(title)}</h1>`,
    ...paragraphs.map((paragraph) => `<p style="margin:0 0 12px">${escaped(paragraph)}</p>`),
    ...(facts.length === 0 ? [] : [`<table role="presentation" style="border-collapse:collapse;margin:0 0 16px">${facts.map(([name, value]) =>
      `<tr><td style="padding:3px 16px 3px 0;color:#5c6370;vertical-align:top">${escaped(name)}</td><td style="padding:3px 0;vertical-align:top">${escaped(value)}</td></tr>`).join('')}</table>`]),
    ...(link ? [`<p style="margin:0 0 16px"><a href="${escaped(link.url)}" style="display:inline-block;padding:9px 16px;background:#1c5d99;color:#ffffff;text-decoration:none;border-radius:4px">${escaped(link.label)}</a></p><p style="margin:0 0 16px;font-size:12px;color:#5c6370;word-break:break-all">${escaped(link.url)}</p>`] : []),
    `<p style="margin:24px 0 0;font-size:12px;color:#5c6370">${FOOTER[language]}</p>`,
  ].join('\n');
  return {
    text: `${text}\n`,
    html: `<!doctype html>\n<html lang="${language}"><head><meta charset="utf-8"><title>${escaped(title)}</title></head>\n<body style="margin:0;padding:24px;font:15px/1.45 system-ui,-apple-system,'Segoe UI',sans-serif;color:#1f2430">\n${body}\n</body></html>\n`,
  };
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character).replaceAll('\n', '<br>');
}
