import { expect, test } from 'vitest';
import type { CallDetail, CallLeg } from './calls-query.ts';
import { prepareCallLife } from './prepare-call-life.ts';

const at = (seconds: number) => new Date(Date.parse('2026-03-02T10:00:00Z') + seconds * 1000).toISOString();
const leg = (over: Partial<CallLeg>): CallLeg => ({ leg: 1, visit: 1, queue: '101', queueName: 'Prépayé', agent: '7', agentName: 'Aline', enteredAt: at(10), startedAt: at(10), answeredAt: at(30), leftAt: at(90), outcome: 'answered', waitSeconds: 20, ringSeconds: 4, talkSeconds: 50, holdSeconds: 10, wrapupSeconds: 15, ...over });
const call = (over: Partial<CallDetail>): CallDetail => ({
  tenant: 'ocm', callId: 'A', startedAt: at(0), direction: 'INBOUND', medium: 'voice', site: 'douala', siteZone: 'Africa/Douala', campaign: '', campaignName: '', queue: '101', queueName: 'Prépayé', agent: '7', agentName: 'Aline', caller: '', called: '', dialed: '', result: null, messagePlayed: false, fate: 'ANSWERED',
  waitSeconds: 20, talkSeconds: 60, wrapupSeconds: 15, durationSeconds: 90, ivrSeconds: 10, inTarget: true, targetSeconds: 20, transferred: false, statusGroup: null, statusNum: null, statusDetail: null, status: '', firstIvr: '', lastIvr: '', endedByAgent: false, row: null, legs: [leg({})], states: [], ...over,
});
const told = (life: ReturnType<typeof prepareCallLife>) => life.pieces.map(({ stage, startMs, endMs }) => [stage, (startMs - life.startMs) / 1000, (endMs - life.startMs) / 1000]);

test('one answered leg', () => {
  const life = prepareCallLife(call({}));
  expect(told(life)).toEqual([['ivr', 0, 10], ['wait', 10, 26], ['ring', 26, 30], ['talk', 30, 80], ['hold', 80, 90], ['wrapup', 90, 105]]);
  expect(life.totals).toContainEqual({ stage: 'hold', seconds: 10 });
  expect((life.endMs - life.startMs) / 1000).toBe(105);
});

test('the agent’s own states give the order of talk and hold', () => {
  const state = (name: 'talk' | 'hold', from: number, to: number) => ({ agent: '7', state: name, reason: '', startedAt: at(from), endedAt: at(to) });
  const life = prepareCallLife(call({ states: [state('talk', 30, 40), state('hold', 40, 50), state('talk', 50, 90)] }));
  expect(told(life).slice(3)).toEqual([['talk', 30, 40], ['hold', 40, 50], ['talk', 50, 90]]);
});

test('a refused offer rings in vain, then the call waits on', () => {
  const life = prepareCallLife(call({ legs: [leg({ leg: 2, startedAt: at(25), answeredAt: at(30) }), leg({ leg: 1, answeredAt: null, leftAt: at(25), outcome: 'rerouted', ringSeconds: 10, agentName: 'Bob' })] }));
  expect(told(life).slice(0, 5)).toEqual([['ivr', 0, 10], ['wait', 10, 15], ['ring', 15, 25], ['wait', 25, 26], ['ring', 26, 30]]);
});

test('a call that never left the IVR, and one with nothing at all', () => {
  expect(told(prepareCallLife(call({ legs: [], ivrSeconds: 12, durationSeconds: 12 })))).toEqual([['ivr', 0, 12]]);
  const empty = prepareCallLife(call({ legs: [], ivrSeconds: 0, durationSeconds: 0 }));
  expect([empty.pieces, empty.endMs - empty.startMs]).toEqual([[], 1000]);
});

test('a call in progress goes on until now: in the IVR, talking, or waiting again', () => {
  const now = Date.parse(at(100));
  expect(told(prepareCallLife(call({ fate: 'IN_PROGRESS', legs: [], queue: '', ivrSeconds: 0, durationSeconds: 0 }), now))).toEqual([['open', 0, 100]]);
  expect(told(prepareCallLife(call({ fate: 'IN_PROGRESS', legs: [leg({ leftAt: null, talkSeconds: 0, holdSeconds: 0, wrapupSeconds: 0 })], durationSeconds: 0 }), now))).toEqual([['ivr', 0, 10], ['wait', 10, 26], ['ring', 26, 30], ['talk', 30, 100]]);
  expect(told(prepareCallLife(call({ fate: 'IN_PROGRESS', legs: [leg({ answeredAt: null, leftAt: at(25), outcome: 'rerouted', ringSeconds: 10 })], durationSeconds: 0 }), now)).slice(1)).toEqual([['wait', 10, 15], ['ring', 15, 25], ['wait', 25, 100]]);
});
