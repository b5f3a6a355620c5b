import { expect, test } from 'vitest';
import type { Command } from '../commands.ts';
import type { LiveEvent } from '../live.ts';
import { smallCentre } from '../testing/configuration.ts';
import { testFloor, type TestFloor } from '../testing/floor.ts';

const NO_CALL = '0'.repeat(32);

/** Agent 1 is ready, 2 talks, 3 has a call on hold with a consultation of 4, 5 does not exist. */
function floorInAllStates(): TestFloor {
  const reasons = ['pause', 'formation', 'login', 'rona'].map((code) => ({ code, labelFr: code, labelEn: code, productive: false }));
  const floor = testFloor(smallCentre({ pauseReasons: reasons }));
  floor.ready(2, 3);
  floor.dial();
  floor.command({ kind: 'answer', agent: 2 });
  floor.dial('951');
  floor.command({ kind: 'answer', agent: 3 });
  floor.ready(4, 1);
  floor.command({ kind: 'transfer', agent: 3, mode: 'consulted', to: { agent: 4 } });
  return floor;
}

const qualify = { kind: 'qualify', group: 1, num: 1, detail: 0, comments: '' } as const;
const REFUSED: [string, Command, string][] = [
  ['login twice', { kind: 'login', agent: 1 }, 'wrong-state'],
  ['ready when ready', { kind: 'ready', agent: 1 }, 'wrong-state'],
  ['unknown agent', { kind: 'ready', agent: 5 }, 'unknown-agent'],
  ['logout in a call', { kind: 'logout', agent: 2 }, 'wrong-state'],
  ['pause in a call', { kind: 'pause', agent: 2, reason: 'pause' }, 'wrong-state'],
  ['pause without such a reason', { kind: 'pause', agent: 1, reason: 'sieste' }, 'unknown-reason'],
  ['a pause that only the automaton gives', { kind: 'pause', agent: 1, reason: 'rona' }, 'unknown-reason'],
  ['force such a pause', { kind: 'force-pause', supervisor: 's', agent: 2, reason: 'login' }, 'unknown-reason'],
  ['answer without ringing', { kind: 'answer', agent: 1 }, 'wrong-state'],
  ['hold without a call', { kind: 'hold', agent: 1 }, 'wrong-state'],
  ['resume without hold', { kind: 'resume', agent: 2 }, 'wrong-state'],
  ['resume during a consultation', { kind: 'resume', agent: 3 }, 'wrong-state'],
  ['hang up without a call', { kind: 'hang-up', agent: 1 }, 'wrong-state'],
  ['hang up during a consultation', { kind: 'hang-up', agent: 3 }, 'wrong-state'],
  ['end a wrap-up that is none', { kind: 'end-wrapup', agent: 1 }, 'wrong-state'],
  ['transfer without a call', { kind: 'transfer', agent: 1, mode: 'blind', to: { queue: 102 } }, 'wrong-state'],
  ['transfer during a consultation', { kind: 'transfer', agent: 3, mode: 'blind', to: { queue: 102 } }, 'wrong-state'],
  ['transfer to no queue', { kind: 'transfer', agent: 2, mode: 'blind', to: { queue: 9 } }, 'unknown-queue'],
  ['transfer to no agent', { kind: 'transfer', agent: 2, mode: 'blind', to: { agent: 5 } }, 'unknown-agent'],
  ['transfer to oneself', { kind: 'transfer', agent: 2, mode: 'blind', to: { agent: 2 } }, 'no-target'],
  ['transfer to a busy agent', { kind: 'transfer', agent: 2, mode: 'consulted', to: { agent: 3 } }, 'no-target'],
  ['complete nothing', { kind: 'complete-transfer', agent: 2 }, 'wrong-state'],
  ['complete before the answer', { kind: 'complete-transfer', agent: 3 }, 'wrong-state'],
  ['cancel nothing', { kind: 'cancel-transfer', agent: 2 }, 'wrong-state'],
  ['qualify an unknown call', { ...qualify, agent: 2, callId: NO_CALL }, 'unknown-call'],
  ['stop listening without listening', { kind: 'listen', supervisor: 's', agent: 2, on: false }, 'wrong-state'],
  ['stop recording without recording', { kind: 'record', supervisor: 's', agent: 2, on: false }, 'wrong-state'],
  ['force a pause for no reason', { kind: 'force-pause', supervisor: 's', agent: 2, reason: 'sieste' }, 'unknown-reason'],
  ['message to no team', { kind: 'message', supervisor: 's', to: { team: 'z' }, text: 'x' }, 'unknown-team'],
  ['message to no agent', { kind: 'message', supervisor: 's', to: { agent: 5 }, text: 'x' }, 'unknown-agent'],
  ['see no message', { kind: 'message-seen', agent: 1, messageId: 'm' }, 'unknown-message'],
];

test.each(REFUSED)('refuses: %s', (_name, command, code) => {
  const floor = floorInAllStates();
  const before = JSON.stringify([floor.automaton.live.snapshot(), floor.rows.length]);
  expect(floor.command(command)).toEqual({ ok: false, code, reason: expect.stringMatching(/\S/) });
  expect(JSON.stringify([floor.automaton.live.snapshot(), floor.rows.length])).toBe(before);
});

test('refuses: anything but login of who is logged out; a status of no list; a call of somebody else', () => {
  const floor = floorInAllStates();
  floor.command({ kind: 'logout', agent: 1 });
  for (const kind of ['ready', 'logout', 'answer', 'hold', 'end-wrapup'] as const) expect(floor.command({ kind, agent: 1 })).toMatchObject({ code: 'wrong-state' });
  expect(floor.command({ kind: 'message', supervisor: 's', to: { agent: 1 }, text: 'x' })).toMatchObject({ code: 'wrong-state' });
  const { ID } = floor.call(0);
  expect(floor.command({ ...qualify, agent: 2, callId: ID, num: 77 })).toMatchObject({ code: 'unknown-status' });
  expect(floor.command({ ...qualify, agent: 3, callId: ID })).toMatchObject({ code: 'wrong-state' });
});

test('a consultation can neither be held nor transferred by the colleague', () => {
  const floor = floorInAllStates();
  floor.command({ kind: 'answer', agent: 4 });
  expect(floor.command({ kind: 'hold', agent: 4 })).toMatchObject({ code: 'wrong-state' });
  expect(floor.command({ kind: 'transfer', agent: 4, mode: 'blind', to: { queue: 102 } })).toMatchObject({ code: 'wrong-state' });
});

test('a transfer into a queue that is closed, or where nobody is and nobody may wait, is refused', () => {
  const floor = testFloor(smallCentre({
    queues: [{ number: 101, name: 'a', tenant: 'ocm' }, { number: 102, name: 'b', tenant: 'ocm', noAgentRule: 'hang-up' }, { number: 103, name: 'c', tenant: 'ocm', calendar: 'jamais' }],
    calendars: [{ id: 'jamais', zone: 'Europe/Paris', weekdays: {} }],
  }));
  floor.ready(1);
  floor.dial();
  floor.command({ kind: 'answer', agent: 1 });
  for (const queue of [102, 103]) expect(floor.command({ kind: 'transfer', agent: 1, mode: 'blind', to: { queue } })).toMatchObject({ code: 'no-target' });
});

test('a forced pause waits for the end of the call', () => {
  const floor = floorInAllStates();
  floor.command({ kind: 'force-pause', supervisor: 's', agent: 2, reason: 'formation' });
  expect(floor.automaton.agent(2)).toMatchObject({ state: 'talk', pausePending: true });
  expect(floor.automaton.live.snapshot().agents['2']).toMatchObject({ state: 'talk', pendingPause: 'formation' });
  floor.command({ kind: 'hang-up', agent: 2 });
  floor.command({ kind: 'ready', agent: 2 });
  expect(floor.automaton.agent(2)).toMatchObject({ state: 'pause', pauseReason: 'formation', pausePending: false });
  floor.command({ kind: 'force-pause', supervisor: 's', agent: 1, reason: 'formation' });
  expect(floor.automaton.agent(1)?.state).toBe('pause');
});

test('listening and recording are shown, and the listened call says so', () => {
  const floor = floorInAllStates();
  floor.command({ kind: 'listen', supervisor: 'chef', agent: 2, on: true });
  floor.command({ kind: 'record', supervisor: 'chef', agent: 2, on: true });
  expect(floor.automaton.live.snapshot().agents['2']).toMatchObject({ listenedBy: ['chef'], recorded: true });
  floor.command({ kind: 'hang-up', agent: 2 });
  expect(floor.call(0).AgentListen).toBe(1);
});

test('a message is sent, then seen', () => {
  const received: number[] = [];
  const floor = testFloor(smallCentre(), { messageSent: (_message, agents) => received.push(...agents.map(({ number }) => number)) });
  floor.ready(1, 4);
  const events: LiveEvent[] = [];
  const stop = floor.automaton.live.subscribe((event) => events.push(event));
  floor.command({ kind: 'message', supervisor: 'chef', to: { team: 'a' }, text: 'Bonjour' });
  const [message] = floor.automaton.live.snapshot().messages;
  expect(received).toEqual([1, 4]);
  floor.after(3);
  floor.command({ kind: 'message-seen', agent: 4, messageId: message?.messageId ?? '' });
  floor.after(1);
  stop();
  const last = events.at(-1);
  expect(last?.kind === 'change' && last.change.messages).toMatchObject([{ from: 'chef', text: 'Bonjour', seenBy: [{ agent: 4 }] }]);
});

test('a floor on which nothing happens tells its time every five seconds', () => {
  const floor = testFloor(smallCentre());
  const events: LiveEvent[] = [];
  const stop = floor.automaton.live.subscribe((event) => events.push(event));
  floor.after(21);
  const changes = events.flatMap((event) => (event.kind === 'change' ? [event.change] : []));
  // The first tells which queues are open.
  expect(changes.map(({ agents, queues, campaigns, gateways, messages }) => [agents, queues, campaigns, gateways, messages].filter((entries) => entries !== undefined).length)).toEqual([1, 0, 0, 0, 0]);
  expect(changes.slice(1).map(({ atMs }, index) => atMs - (changes[index]?.atMs ?? 0))).toEqual([5000, 5000, 5000, 5000]);
  stop();
  floor.after(21);
  expect(events.length).toBe(1 + changes.length);
});

test('a command from within a listener is a mistake of the program', () => {
  const floor: TestFloor = testFloor(smallCentre(), { ringing: (agent) => void floor.command({ kind: 'answer', agent: agent.number }) });
  floor.ready(1);
  expect(() => floor.dial()).toThrow(/set a timer/);
});

test('an agent is told the own figures when they move, and that a new day begins', () => {
  const told: [number, number, number][] = [];
  const floor = testFloor(smallCentre(), { figuresChanged: ({ number, arguedToday, positiveToday }) => told.push([number, arguedToday, positiveToday]) });
  floor.ready(1);
  floor.dial();
  floor.command({ kind: 'answer', agent: 1 });
  const callId = floor.call().ID;
  floor.command({ ...qualify, agent: 1, callId, num: 2 });
  floor.command({ ...qualify, agent: 1, callId, num: 1 });
  floor.after(86_400);
  expect(told).toEqual([[1, 1, 0], [1, 0, 0], [1, 1, 1], [1, 0, 0]]);
});

test('a recorded agent is recorded call by call, also one taken over; the listener hears until the logout', () => {
  const floor = testFloor();
  floor.ready(1, 2);
  const heard = { supervisor: 'chef', on: true } as const;
  const first = floor.dial();
  floor.command({ kind: 'record', agent: 2, ...heard });
  expect(floor.media.isRecorded(first)).toBe(false);
  floor.command({ kind: 'answer', agent: 2 });
  expect(floor.media.isRecorded(first)).toBe(true);
  floor.command({ kind: 'transfer', agent: 2, mode: 'consulted', to: { agent: 1 } });
  floor.command({ kind: 'answer', agent: 1 });
  expect(floor.media.isRecorded(first)).toBe(true);
  floor.command({ kind: 'complete-transfer', agent: 2 });
  expect(floor.media.isRecorded(first)).toBe(false);
  floor.command({ kind: 'record', agent: 1, ...heard });
  expect(floor.media.isRecorded(first)).toBe(true);
  floor.command({ kind: 'ready', agent: 2 });
  const second = floor.dial();
  floor.command({ kind: 'listen', agent: 2, ...heard });
  floor.command({ kind: 'answer', agent: 2 });
  expect([floor.media.isRecorded(second), floor.media.listening(2)]).toEqual([true, ['chef']]);
  floor.command({ kind: 'hang-up', agent: 2 });
  floor.command({ kind: 'logout', agent: 2 });
  expect([floor.media.isRecorded(second), floor.media.listening(2)]).toEqual([false, []]);
  expect(floor.calls().map(({ AgentListen }) => AgentListen)).toEqual([0, 1]);
});
