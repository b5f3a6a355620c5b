import { expect, test } from 'vitest';
import { contrast } from './contrast.ts';
import { dark, light, type Token } from './tokens.ts';

const themes = { light, dark };
const surfaces: Token[] = ['page', 'card', 'sunken'];
const words: Token[] = ['text', 'dim', 'accent', 'warn', 'bad', 'good'];
const shapes: Token[] = ['ready', 'ringing', 'talk', 'hold', 'wrapup', 'pause', 'out', 'offered', 'answered', 'abandoned', 'series1', 'series2', 'series3', 'series4', 'series5', 'series6', 'series7', 'series8'];

test('the ratio is that of WCAG', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
});

for (const [name, theme] of Object.entries(themes)) {
  test.each(words.flatMap((word) => surfaces.map((surface) => [word, surface] as const)))(`${name}: %s is readable on %s (AA, 4.5)`, (word, surface) => {
    expect(contrast(theme[word], theme[surface])).toBeGreaterThanOrEqual(4.5);
  });
  test.each(shapes)(`${name}: %s is seen on a card (3)`, (shape) => {
    expect(contrast(theme[shape], theme.card)).toBeGreaterThanOrEqual(3);
  });
  test.each([['warn', 'warnSoft'], ['bad', 'badSoft'], ['accent', 'accentSoft'], ['text', 'accentSoft'], ['onAccent', 'accent']] as const)(`${name}: %s is readable on %s`, (word, surface) => {
    expect(contrast(theme[word], theme[surface])).toBeGreaterThanOrEqual(4.5);
  });
}
