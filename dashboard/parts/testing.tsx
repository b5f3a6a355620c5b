import { MantineProvider } from '@mantine/core';
import { render } from '@testing-library/react';
import axe from 'axe-core';
import type { ReactElement } from 'react';
import { IntlProvider } from 'use-intl';
import type { Language } from '../i18n/languages.ts';
import { messagesOf } from '../i18n/messages.ts';
import { cssVariablesResolver, theme } from '../theme/theme.ts';

/** Draws a part with the real theme and words; happy-dom stands in for the browser. */
export function draw(part: ReactElement, language: Language = 'fr') {
  return render(
    <IntlProvider locale={language} messages={messagesOf(language)} timeZone="UTC">
      <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} env="test">{part}</MantineProvider>
    </IntlProvider>,
  );
}

/** Ids of the rules that are broken seriously. Colours are left to the contrast test: there is no layout here. */
export async function seriousFindings(container: Element): Promise<string[]> {
  const { violations } = await axe.run(container, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } });
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
}
