import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { studyPort } from '../vigie/study/study-port.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { listen, serveApi, type ServedApi } from './fixtures/serve.ts';
import { openTestWarehouse } from './fixtures/warehouse.ts';

const STUDY = `subscription Study($contacts: Int!, $agents: Int!, $modes: [StudyMode!]!, $seed: Int!, $nuisanceShare: Float!, $answerShare: Float!) {
  study(contacts: $contacts, agents: $agents, modes: $modes, seed: $seed, nuisanceShare: $nuisanceShare, answerShare: $answerShare, talkSeconds: 150, wrapupSeconds: 30) {
    state ahead mode done modes { mode contactsDialed contactsLeft talkMinutesPerHour waitSeconds nuisanceShare worstDayShare lines peakLines }
  }
}`;
const QUESTION = { contacts: 200, agents: 4, modes: ['MANUAL', 'PREDICTIVE', 'MANUAL'], seed: 1, nuisanceShare: 0.03, answerShare: 0.2 };
const answer = z.object({ data: z.object({ study: z.object({ state: z.string(), done: z.number(), modes: z.array(z.looseObject({ mode: z.string(), contactsDialed: z.number(), worstDayShare: z.number().nullable() })) }) }) });

let warehouse: Warehouse;
let served: ServedApi;
beforeAll(async () => {
  warehouse = await openTestWarehouse();
  served = await serveApi(warehouse, { study: studyPort({ error: () => undefined }) });
});
afterAll(async () => {
  await served.close();
  await warehouse.close();
});

test('a study is followed to its end, each mode once, and the stream ends with it', async () => {
  const listener = await listen(served.url, STUDY, QUESTION);
  let last = answer.parse(await listener.data()).data.study;
  while (last.state !== 'DONE') last = answer.parse(await listener.data()).data.study;
  expect(last.done).toBe(1);
  expect(last.modes).toEqual([
    expect.objectContaining({ mode: 'MANUAL', contactsDialed: 200, worstDayShare: 0 }),
    // Fewer than 200 persons answered.
    expect.objectContaining({ mode: 'PREDICTIVE', contactsDialed: 200, worstDayShare: null }),
  ]);
  expect(await listener.next()).toMatch(/^event: complete/);
});

test.each([
  ['contacts', { contacts: 300_001 }], ['agents', { agents: 0 }], ['modes', { modes: [] }], ['seed', { seed: -1 }], ['nuisanceShare', { nuisanceShare: 0.5 }], ['answerShare', { answerShare: 0.9 }],
])('too much or nothing of %s is refused by name', async (name, over) => {
  const listener = await listen(served.url, STUDY, { ...QUESTION, ...over });
  expect(await listener.next()).toMatch(new RegExp(`"${name}: .*INVALID_QUERY`));
});

test('where nothing is studied, it is said', async () => {
  const without = await serveApi(warehouse);
  const listener = await listen(without.url, STUDY, QUESTION);
  expect(await listener.next()).toMatch(/too many studies wait.*TOO_MANY/);
  await without.close();
});
