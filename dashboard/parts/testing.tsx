import { MantineProvider } from '@mantine/core';
import { configure, render } from '@testing-library/react';
import axe from 'axe-core';
import { PathnameContext, SearchParamsContext } from 'next/dist/shared/lib/hooks-client-context.shared-runtime';
import { useMemo, useSyncExternalStore, type ReactElement } from 'react';
import { cacheExchange, Client, fetchExchange, Provider as GraphqlProvider } from 'urql';
import { IntlProvider } from 'use-intl';
import { z } from 'zod';
import { plainInputExchange } from '../graphql/plain-input.ts';
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
      <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} env="test"><Address>{part}</Address></MantineProvider>
    </IntlProvider>
  );
}

/** Where the page is from now on, as Next's own router would have moved it. */
export function goTo(path: string): void {
  window.history.replaceState(null, '', path);
}

const moves = new EventTarget();
if (typeof window !== 'undefined') for (const name of ['pushState', 'replaceState'] as const) {
  const move = window.history[name].bind(window.history);
  window.history[name] = (...to) => {
    move(...to);
    moves.dispatchEvent(new Event('move'));
  };
}
const onMove = (told: () => void): (() => void) => {
  moves.addEventListener('move', told);
  return () => { moves.removeEventListener('move', told); };
};

/** Gives parts the window's address through Next's contexts, and moves with it. */
function Address({ children }: { children: ReactElement }): ReactElement {
  const path = useSyncExternalStore(onMove, () => window.location.pathname);
  const search = useSyncExternalStore(onMove, () => window.location.search);
  const parameters = useMemo(() => new URLSearchParams(search), [search]);
  return <PathnameContext value={path}><SearchParamsContext value={parameters}>{children}</SearchParamsContext></PathnameContext>;
}

/** Ids of the rules that are broken seriously. Colours are left to the contrast test: there is no layout here. */
export async function seriousFindings(container: Element): Promise<string[]> {
  const { violations } = await axe.run(container, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } });
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
}

/** A text is the code of the server's error. */
type Answers = Record<string, (variables: Record<string, unknown>) => object | string>;

/** The same with a GraphQL client whose server answers by the operation's name; what it was asked is kept. */
export function drawAsking(part: ReactElement, answers: Answers, language: Language = 'fr') {
  const asked: { operation: string; variables: Record<string, unknown> }[] = [];
  const fetch = async (_url: unknown, init?: RequestInit) => {
    const { query, variables } = request.parse(JSON.parse(String(init?.body)));
    const operation = /(?:query|mutation)\s+(\w+)/.exec(query)?.[1] ?? '';
    asked.push({ operation, variables });
    const data = answers[operation]?.(variables) ?? null;
    const body = typeof data === 'string' ? { data: null, errors: [{ message: data, extensions: { code: data } }] } : { data };
    return new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json' } });
  };
  const client = new Client({ url: 'http://server.test/graphql', exchanges: [cacheExchange, plainInputExchange, fetchExchange], fetch, preferGetMethod: false });
  const wrap = (inner: ReactElement) => <GraphqlProvider value={client}>{inner}</GraphqlProvider>;
  const drawn = draw(wrap(part), language);
  return { ...drawn, asked, redraw: (next: ReactElement) => drawn.rerender(dressed(wrap(next), language)) };
}

const request = z.object({ query: z.string(), variables: z.record(z.string(), z.unknown()).default({}) });
