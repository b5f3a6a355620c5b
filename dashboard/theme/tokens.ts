/**
 * Every colour of the product, light and dark. Surfaces are neutral, there is one accent; `warn` and `bad`
 * appear only where someone should act. The states' hues are told apart by colour-blind eyes too (blue-green,
 * blue, violet, magenta, grey, after Okabe and Ito), and never stand without a shape or a word.
 * `contrast.test.ts` holds the ratios.
 */
export const light = {
  page: '#f6f7f9', card: '#ffffff', sunken: '#f0f2f5', line: '#e3e6eb', lineStrong: '#c9ced6',
  text: '#12161d', dim: '#566070', accent: '#1a5fd0', accentSoft: '#e8f0fd', onAccent: '#ffffff',
  warn: '#8f5300', warnSoft: '#fdf3e1', bad: '#b3261e', badSoft: '#fdecea', good: '#00705c',
  ready: '#00836c', ringing: '#1787bd', talk: '#2557c7', hold: '#6c55cf', wrapup: '#a2428f', pause: '#75777d', out: '#8b919b',
  offered: '#8b919b', answered: '#2557c7', abandoned: '#b8520a',
  series1: '#2557c7', series2: '#b8520a', series3: '#00836c', series4: '#a2428f', series5: '#1787bd', series6: '#7d6a00', series7: '#566070', series8: '#8c3b2f',
};

export const dark: typeof light = {
  page: '#0d1015', card: '#15191f', sunken: '#1b2028', line: '#262c36', lineStrong: '#3b4452',
  text: '#e7eaef', dim: '#98a2b1', accent: '#7fb0ff', accentSoft: '#172740', onAccent: '#0b1017',
  warn: '#f0b04e', warnSoft: '#2c2210', bad: '#ff8f80', badSoft: '#351917', good: '#44c7ac',
  ready: '#2fb99d', ringing: '#56b8e8', talk: '#6f9dfa', hold: '#a796f2', wrapup: '#dc83c8', pause: '#9a9da4', out: '#737a86',
  offered: '#737a86', answered: '#6f9dfa', abandoned: '#f09a4e',
  series1: '#6f9dfa', series2: '#f09a4e', series3: '#2fb99d', series4: '#dc83c8', series5: '#56b8e8', series6: '#d8c24a', series7: '#98a2b1', series8: '#e8857a',
};

export type Token = keyof typeof light;

/** The CSS variable of a token. */
export function color(token: Token): string {
  return `var(--v-${token})`;
}
