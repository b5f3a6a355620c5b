// @vitest-environment happy-dom
import { act, cleanup, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { Client, fetchExchange, gql } from 'urql';
import { watchSlowQuestions } from '../graphql/slow-questions.ts';
import { draw, goTo } from '../parts/testing.tsx';
import { SlowNotice, SlowQuestionsProvider } from './slow-notice.tsx';

afterEach(cleanup);

const QUERY = gql<{ of: string }, { n: number }>('query Of($n: Int!) { of(n: $n) }');

test('is there while an answer lets wait, whoever asked, and goes with the last one or with who asked', async () => {
  goTo('/kpi');
  const answers: (() => void)[] = [];
  const slow = watchSlowQuestions(100);
  const client = new Client({
    url: 'http://server.test/graphql', preferGetMethod: false, exchanges: [slow.exchange, fetchExchange],
    fetch: (_url, init) => new Promise((resolve, reject) => { init?.signal?.addEventListener('abort', () => { reject(new Error('nobody waits')); }); answers.push(() => resolve(new Response('{"data":{"of":"x"}}', { headers: { 'content-type': 'application/json' } }))); }),
  });
  draw(<SlowQuestionsProvider slow={slow}><SlowNotice /></SlowQuestionsProvider>, 'fr');
  const quick = client.query(QUERY, { n: 0 }).toPromise();
  await expect.poll(() => answers.length).toBe(1);
  answers.shift()?.();
  await quick;
  const first = client.query(QUERY, { n: 1 }).toPromise();
  const { unsubscribe } = client.query(QUERY, { n: 2 }).subscribe(() => {});
  expect(screen.queryByRole('status')).toBeNull();
  expect((await screen.findByRole('status')).textContent).toMatch(/se fait attendre.*lent en ce moment.*pas venue/);
  answers.shift()?.();
  await first;
  expect(screen.queryByRole('status')).not.toBeNull();
  // The live page has its own words.
  act(() => goTo('/'));
  expect(screen.queryByRole('status')).toBeNull();
  act(() => goTo('/kpi'));
  expect(screen.queryByRole('status')).not.toBeNull();
  unsubscribe();
  await expect.poll(() => screen.queryByRole('status')).toBeNull();
});
