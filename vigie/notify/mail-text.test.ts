import { expect, test } from 'vitest';
import { mailText } from './mail-text.ts';

test('text and HTML say the same, in the language of who reads it', () => {
  const { text, html } = mailText({ language: 'fr', title: 'Incident n° 12', paragraphs: ['La plateforme ne répond plus.'], facts: [['Début', '14 h 00'], ['Sites', 'Douala\nLille']], link: { label: 'Ouvrir', url: 'https://vigie.example.org/incidents/12?a=1&b=2' } });
  expect(text).toBe(`Incident n° 12

La plateforme ne répond plus.

  Début\u00A0: 14 h 00
  Sites\u00A0: Douala
    Lille

Ouvrir\u00A0:${' '}
https://vigie.example.org/incidents/12?a=1&b=2

--${' '}
Message automatique de Vigie : personne ne lit les réponses.
`);
  for (const part of ['Incident n° 12', 'La plateforme ne répond plus.', '14 h 00', 'Douala<br>Lille', 'href="https://vigie.example.org/incidents/12?a=1&amp;b=2"', 'lang="fr"', 'personne ne lit']) expect(html).toContain(part);
  expect(mailText({ language: 'en', title: 'Incident 12', facts: [['Begun', '14:00']] }).text).toContain('  Begun: 14:00\n\n-- \nSent by Vigie');
});

test('what people wrote stays text', () => {
  const { html } = mailText({ language: 'en', title: '<script>', paragraphs: ['"a" & <b>'], link: { label: 'x', url: 'https://x/"onclick="y' } });
  expect(html).not.toMatch(/<script>|<b>|"onclick/);
  expect(html).toContain('&quot;a&quot; &amp; &lt;b&gt;');
});
