import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';
import { dark, light } from './tokens.ts';

const accent: MantineColorsTuple = ['#e8f0fd', '#d3e1fa', '#a6c2f5', '#7fb0ff', '#4c87e8', '#2f70db', '#1a5fd0', '#1450b3', '#0f4296', '#0a3478'];

const night: MantineColorsTuple = ['#e7eaef', '#c3cad4', '#98a2b1', '#737a86', '#3b4452', '#262c36', '#1b2028', '#15191f', '#10141a', '#0d1015'];

/** Mantine's own contrast looks at the light theme's shade only: a filled button's words are the token's. */
function onAccent(_theme: unknown, { variant = 'filled', color }: { variant?: string; color?: string }) {
  return { root: variant === 'filled' && color === undefined ? { '--button-color': 'var(--v-onAccent)' } : {} };
}

export const theme = createTheme({
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  headings: { fontFamily: "'Inter Variable', system-ui, sans-serif", fontWeight: '600' },
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 4 },
  autoContrast: true,
  colors: { accent, dark: night },
  components: { Button: { vars: onAccent }, Drawer: { styles: { title: { fontWeight: 600, fontSize: '1rem' } } }, Modal: { styles: { title: { fontWeight: 600 } } }, Tooltip: { defaultProps: { withArrow: false, transitionProps: { duration: 80 } } } },
  defaultRadius: 6,
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
});

/** The tokens as CSS variables, and Mantine's own surfaces bound to them: one look. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({ variables: {}, light: variables(light), dark: variables(dark) });

function variables(tokens: typeof light): Record<string, string> {
  const own = Object.fromEntries(Object.entries(tokens).map(([name, value]) => [`--v-${name}`, value]));
  return {
    ...own,
    '--mantine-color-body': tokens.card,
    '--mantine-color-text': tokens.text,
    '--mantine-color-dimmed': tokens.dim,
    '--mantine-color-default-border': tokens.lineStrong,
    '--mantine-color-placeholder': tokens.dim,
    '--mantine-color-error': tokens.bad,
    '--mantine-color-anchor': tokens.accent,
  };
}
