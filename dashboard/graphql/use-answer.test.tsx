// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { Client, fetchExchange, gql, Provider } from 'urql';
import { useAnswer } from './use-answer.ts';

afterEach(cleanup);

const QUERY = gql<{ of: string }, { day: string; by: string }>('query Of($day: String!, $by: String!) { of(day: $day, by: $by) }');

function Figures({ day, by }: { day: string; by: string }) {
  const { data, error, fetching } = useAnswer({ query: QUERY, variables: { day, by } }, (asked, answered) => asked.by === answered.by);
  return <p data-testid="of">{`${data?.of ?? 'nothing'} ${error ? 'failed' : 'fine'} ${fetching ? 'asking' : 'done'}`}</p>;
}

/** A server that answers when it is told to. */
function slowServer() {
  const waiting: ((body: object) => void)[] = [];
  const client = new Client({
    url: 'http://server.test/graphql', preferGetMethod: false, exchanges: [fetchExchange],
    fetch: async () => new Response(JSON.stringify(await new Promise<object>((resolve) => { waiting.push(resolve); })), { headers: { 'content-type': 'application/json' } }),
  });
  const part = (day: string, by: string) => <Provider value={client}><Figures day={day} by={by} /></Provider>;
  return { part, answer: async (body: object) => { await expect.poll(() => waiting.length).toBeGreaterThan(0); waiting.shift()?.(body); } };
}
async function shows(text: string): Promise<void> {
  await expect.poll(() => screen.getByTestId('of').textContent, { timeout: 10_000 }).toBe(text);
}

test('an answer stands for a moment under the next question, not while that waits, and never under other columns', async () => {
  const { part, answer } = slowServer();
  const { rerender: show } = render(part('monday', 'queue'));
  await answer({ data: { of: 'mondays' } });
  await shows('mondays fine done');
  show(part('tuesday', 'queue'));
  await shows('mondays fine asking');
  await shows('nothing fine asking');
  await answer({ data: { of: 'tuesdays' } });
  await shows('tuesdays fine done');
  show(part('tuesday', 'agent'));
  expect(screen.getByTestId('of').textContent).toBe('nothing fine asking');
  await answer({ errors: [{ message: 'too slow' }] });
  await shows('nothing failed done');
  // What was wrong with one question is not said of the next.
  show(part('monday', 'agent'));
  await shows('nothing fine asking');
}, 30_000);
