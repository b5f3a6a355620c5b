// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { reference } from '../graphql/fixtures/reference.ts';
import { drawAsking, goTo, seriousFindings } from '../parts/testing.tsx';
import { queueFixture } from './fixtures/board.ts';
import { prepareQueues, type QueueView } from './prepare-queues.ts';
import { QueueRow } from './queue-row.tsx';
import { QueuesCard } from './queues-card.tsx';

beforeEach(() => goTo('/?site=douala'));
afterEach(cleanup);

const now = Date.now();
const ago = (seconds: number) => new Date(now - seconds * 1000).toISOString();
const quiet = queueFixture({ queue: '102', name: 'Entreprises' });
const busy = queueFixture({ queue: '101', name: 'Prépayé', waiting: 1, longestWaitSince: ago(30), waiters: [{ callId: 'A1', since: ago(30), caller: '237699000001', priority: 5 }] });
const card = (queues: QueueView[]) => <QueuesCard queues={queues} dayFrom="2026-03-01T23:00:00Z" zone="Africa/Douala" offsetMs={0} />;
const names = () => screen.getAllByRole('row').slice(1).map((row) => within(row).getAllByRole('button')[0]?.textContent);
const answers = { Reference: () => reference };

test('who needs help stands first, marked by a shape with words; what is well has no mark', async () => {
  const { container } = drawAsking(card(prepareQueues([quiet, busy], now, reference.queues)), answers);
  expect(names()).toEqual(['Prépayé', 'Entreprises']);
  expect(within(screen.getByTestId('queue-101')).getByRole('img', { name: 'hors délai' })).toBeTruthy();
  expect(within(screen.getByTestId('queue-102')).queryByRole('img', { name: /délai|cible$/ })).toBeNull();
  expect(await seriousFindings(container)).toEqual([]);
});

test('a queue opens to its callers, and its figures lead to its calls', () => {
  drawAsking(card(prepareQueues([quiet, busy], now, reference.queues)), answers);
  fireEvent.click(screen.getByRole('button', { name: /Prépayé/ }));
  expect(screen.getByRole('link', { name: '237699000001' }).getAttribute('href')).toBe('/calls/ocm/A1');
  const targets = within(screen.getByTestId('queue-101')).getAllByRole('link').map((link) => new URLSearchParams(link.getAttribute('href')?.split('?')[1]));
  expect(targets.length).toBe(4);
  for (const target of targets) expect([target.get('queue'), target.get('tenant'), target.get('site')]).toEqual(['101', 'ocm', 'douala']);
  expect(targets.map((target) => target.get('fate'))).toEqual([null, null, 'ABANDONED', 'ANSWERED']);
});

test('rows hold still under the pointer and settle when it leaves', () => {
  const { redraw } = drawAsking(card(prepareQueues([quiet, busy], now, reference.queues)), answers);
  const body = screen.getAllByRole('rowgroup')[1];
  if (!body) throw new Error('no body');
  fireEvent.pointerEnter(body);
  redraw(card(prepareQueues([{ ...quiet, waiting: 1, longestWaitSince: ago(90), waiters: [] }, busy], now, reference.queues)));
  expect(names()).toEqual(['Prépayé', 'Entreprises']);
  fireEvent.pointerLeave(body);
  expect(names()).toEqual(['Entreprises', 'Prépayé']);
});

test('a tick draws only the queue in which something changed', () => {
  const toggle = () => {};
  function Rows() {
    const [queues, setQueues] = useState(() => prepareQueues([quiet, queueFixture({})], now, reference.queues));
    const tick = () => setQueues(prepareQueues([structuredClone(quiet), queueFixture({ answered: 91 })], now + 1000, reference.queues));
    return <><button type="button" onClick={tick}>tick</button><table><tbody>{queues.map((queue) => <QueueRow key={queue.queue} queue={queue} offsetMs={0} opened={false} onToggle={toggle} />)}</tbody></table></>;
  }
  drawAsking(<Rows />, answers);
  const before = [drawing('queue-101'), drawing('queue-102')];
  fireEvent.click(screen.getByRole('button', { name: 'tick' }));
  expect(drawing('queue-102')).toBe(before[1]);
  expect(drawing('queue-101')).not.toBe(before[0]);
});

/** What React drew an element from: another object after each drawing. */
function drawing(id: string): unknown {
  const element = screen.getByTestId(id);
  const key = Object.keys(element).find((name) => name.startsWith('__reactProps'));
  if (!key) throw new Error('React keeps its props elsewhere now');
  return Reflect.get(element, key);
}
