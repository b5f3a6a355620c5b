import { MantineProvider } from '@mantine/core';
import { configure, render } from '@testing-library/react';
import axe from 'axe-core';
import type { ReactElement } from 'react';
import { cacheExchange, Client, fetchExchange, Provider as GraphqlProvider } from 'urql';
import { IntlProvider } from 'use-intl';
import { z } from 'zod';
import type { Language } from '../i18n/languages.ts';
import { messagesOf } from '../i18n/messages.ts';
import { cssVariablesResolver, theme } from '../theme/theme.ts';

// A loaded machine takes its time.
configure({ asyncUtilTimeout: 20_000 });
// happy-dom has no fonts, and Mantine's growing text field listens to them.
if (typeof document !== 'undefined' && !document.fonts) Object.defineProperty(document, 'fonts', { value: new EventTarget() });

/** Draws a part with the real theme and words; happy-dom stands in for the browser. */
export function draw(part: ReactElement, language: Language = 'fr') {
  return render(dressed(part, language));
}

function dressed(part: ReactElement, language: Language): ReactElement {
  return (
    <IntlProvider locale={language} messages={messagesOf(language)} timeZone="UTC">
      <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} env="test">{part}</MantineProvider>
    </IntlProvider>
  );
}

/** Ids of the rules that are broken seriously. Colours are left to the contrast test: there is no layout here. */
export async function seriousFindings(container: Element): Promise<string[]> {
  const { violations } = await axe.run(container, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } });
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
}

type Answers = Record<string, (variables: Record<string, unknown>) => object>;

/** The same with a GraphQL client whose server answers by the operation's name; what it was asked is kept. */
export function drawAsking(part: ReactElement, answers: Answers, language: Language = 'fr') {
  const asked: { operation: string; variables: Record<string, unknown> }[] = [];
  const fetch = async (_url: unknown, init?: RequestInit) => {
    const { query, variables } = request.parse(JSON.parse(String(init?.body)));
    const operation = /(?:query|mutation)\s+(\w+)/.exec(query)?.[1] ?? '';
    asked.push({ operation, variables });
    return new Response(JSON.stringify({ data: answers[operation]?.(variables) ?? null }), { headers: { 'content-type': 'application/json' } });
  };
  const client = new Client({ url: 'http://server.test/graphql', exchanges: [cacheExchange, fetchExchange], fetch, preferGetMethod: false });
  const wrap = (inner: ReactElement) => <GraphqlProvider value={client}>{inner}</GraphqlProvider>;
  const drawn = draw(wrap(part), language);
  return { ...drawn, asked, redraw: (next: ReactElement) => drawn.rerender(dressed(wrap(next), language)) };
}

const request = z.object({ query: z.string(), variables: z.record(z.string(), z.unknown()).default({}) });
