import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { FULL_SCOPE, type Scope, type Warehouse } from '../../warehouse/warehouse.ts';
import { DID, outboundFloor } from '../../telephony/testing/outbound-floor.ts';
import { PredictivePacing } from '../../telephony/dialer/pacing-predictive.ts';
import { send } from '../commands/send.ts';
import { openDirectory } from '../directory.ts';
import { servedOutbound } from '../fixtures/outbound.ts';
import { listen, serveApi } from '../fixtures/serve.ts';
import { openTestWarehouse } from '../fixtures/warehouse.ts';
import { directs } from '../viewer.ts';
import { sightOf } from './sight.ts';

const BOARD = `subscription { live { campaigns { campaign name dialer {
  mode state nuisanceLimit ringSeconds maximumLines agents { ready talking wrapup dialing busy pause preview } lines ringing contactsLeft dialed persons passed nuisance machines
  nuisanceWindows { hours nuisance passed share } contactsOpen fileEndsAt talkMinutesPerHour recent { dialsPerMinute answerShare talkMinutesPerHour readyAgents } paceTrend history { at dialed persons readyAgents talkSeconds }
  why { bound level answerShare risk riskAllowed }
} } agents { agent state preview { contact number fields { name value } } } } }`;

const seen = z.object({ data: z.object({ live: z.object({
  campaigns: z.array(z.object({ campaign: z.string(), name: z.string(), dialer: z.looseObject({ mode: z.string(), state: z.string(), nuisanceLimit: z.number(), maximumLines: z.number().nullable(), contactsLeft: z.number(), dialed: z.number() }).nullable() })),
  agents: z.array(z.object({ agent: z.string(), state: z.string(), preview: z.object({ contact: z.string(), number: z.string(), fields: z.array(z.object({ name: z.string(), value: z.string() })) }).nullable() })),
}) }) });

let warehouse: Warehouse;
beforeAll(async () => { warehouse = await openTestWarehouse(); });
afterAll(() => warehouse.close());

async function served(options: Parameters<typeof servedOutbound>[0] = {}) {
  const { floor, parts } = servedOutbound(options);
  const api = await serveApi(warehouse, parts);
  const listener = await listen(api.url, BOARD);
  onTestFinished(async () => {
    listener.leave();
    await api.close();
  });
  const board = async () => seen.parse(await listener.data()).data.live;
  return {
    floor, api,
    /** Reads boards until one is as wanted. */
    until: async (wanted: (live: Awaited<ReturnType<typeof board>>) => boolean) => {
      for (let tries = 0; tries < 40; tries += 1) {
        const live = await board();
        if (wanted(live)) return live;
      }
      throw new Error('40 boards passed by');
    },
    command: async (mutation: string) => (await api.ask(`mutation { result: ${mutation} { __typename ... on CommandRefused { code reason } } }`)).body,
  };
}

test('a campaign shows how it dials, and why', async () => {
  const { floor, until } = await served({ agents: 4, pacing: () => new PredictivePacing(), settings: { maximumLines: 30 } });
  floor.ready(1, 2, 3);
  floor.after(400);
  const { campaigns } = await until((live) => (live.campaigns[0]?.dialer?.dialed ?? 0) > 5);
  expect(campaigns).toEqual([{ campaign: DID, name: 'Relance', dialer: expect.objectContaining({ mode: 'PREDICTIVE', state: 'RUNNING', nuisanceLimit: 0.03, maximumLines: 30, why: expect.objectContaining({ bound: expect.stringMatching(/^(WARM_UP|RISK|BUDGET)$/) }) }) }]);
  const { dialer } = floor.automaton.live.snapshot().campaigns[DID] ?? {};
  expect(campaigns[0]?.dialer).toMatchObject({ dialed: dialer?.dialed, persons: dialer?.persons, lines: dialer?.lines, agents: dialer?.agents, nuisanceWindows: dialer?.nuisanceWindows, talkMinutesPerHour: (60 * (dialer?.talkSeconds ?? 0)) / (dialer?.agentSeconds ?? 0) });
  const minutes = floor.automaton.live.snapshot().dialing?.[DID] ?? [];
  expect(minutes.length).toBeGreaterThan(4);
  const sum = (name: 'dialed' | 'persons' | 'talkSeconds' | 'agents') => minutes.reduce((total, minute) => total + minute[name], 0);
  expect(campaigns[0]?.dialer).toMatchObject({
    history: minutes.map(({ fromMs, dialed, persons, readyAgents, talkSeconds }) => ({ at: new Date(fromMs).toISOString(), dialed, persons, readyAgents, talkSeconds })),
    paceTrend: minutes.map(({ dialed }) => dialed),
    recent: { dialsPerMinute: sum('dialed') / minutes.length, answerShare: sum('persons') / sum('dialed'), talkMinutesPerHour: sum('talkSeconds') / sum('agents') },
  });
});

describe('a supervisor', () => {
  test('pauses, starts, stops; what is so already is refused with its state', async () => {
    const { floor, command, until } = await served();
    const done = { data: { result: { __typename: 'CommandDone' } } };
    const state = async (wanted: string) => {
      floor.after(1);
      await until((live) => live.campaigns[0]?.dialer?.state === wanted);
    };
    expect(await command(`startCampaign(campaign: "${DID}")`)).toEqual({ data: { result: { __typename: 'CommandRefused', code: 'wrong-state', reason: `campaign ${DID} is running` } } });
    expect(await command(`pauseCampaign(campaign: "${DID}")`)).toEqual(done);
    await state('PAUSED');
    expect(await command(`startCampaign(campaign: "${DID}")`)).toEqual(done);
    expect(await command(`stopCampaign(campaign: "${DID}")`)).toEqual(done);
    await state('STOPPED');
    expect(await command('startCampaign(campaign: "1")')).toMatchObject({ data: { result: { code: 'unknown-campaign' } } });
  });

  test('changes mode and limits, each by itself, and takes the limit of lines away', async () => {
    const { floor, command, until } = await served({ settings: { maximumLines: 5 } });
    const change = async (args: string, wanted: object) => {
      expect(await command(`changeDialing(campaign: "${DID}", ${args})`)).toEqual({ data: { result: { __typename: 'CommandDone' } } });
      floor.after(1);
      const live = await until(({ campaigns }) => campaigns.some(({ dialer }) => dialer && Object.entries(wanted).every(([name, value]) => dialer[name] === value)));
      expect(live.campaigns[0]?.dialer).toMatchObject(wanted);
    };
    await change('mode: PROGRESSIVE', { mode: 'PROGRESSIVE', maximumLines: 5, nuisanceLimit: 0.03 });
    await change('nuisanceLimit: 0.02, maximumLines: null', { mode: 'PROGRESSIVE', maximumLines: null, nuisanceLimit: 0.02 });
    await change('maximumLines: 12, ringSeconds: 30', { maximumLines: 12, ringSeconds: 30 });
  });

  test.each([
    ['nuisanceLimit: 0.5', /nuisanceLimit/], ['maximumLines: 0', /maximumLines/], ['ringSeconds: 5', /ringSeconds/],
  ])('is told why %s is refused', async (args, reason) => {
    const { command } = await served();
    expect(await command(`changeDialing(campaign: "${DID}", ${args})`)).toEqual({ data: { result: { __typename: 'CommandRefused', code: 'invalid', reason: expect.stringMatching(reason) } } });
  });

  test('asks for no change without one', async () => {
    const { api } = await served();
    const { body } = await api.ask(`mutation { changeDialing(campaign: "${DID}") { __typename } }`);
    expect(body.errors?.[0]?.message).toMatch(/nothing to change/);
  });
});

test('an agent takes the next contact, passes it over, dials it, and promises a call-back', async () => {
  const { floor, command, until } = await served({ agents: 1, settings: { mode: 'manual' }, working: false });
  floor.ready(1);
  floor.after(2);
  expect(await command('dialContact(agent: "1")')).toMatchObject({ data: { result: { code: 'wrong-state' } } });
  expect(await command('nextContact(agent: "1")')).toMatchObject({ data: { result: { __typename: 'CommandDone' } } });
  floor.after(1);
  const { agents } = await until((live) => live.agents[0]?.preview !== null);
  expect(agents[0]).toEqual({ agent: '1', state: 'preview', preview: { contact: '1', number: '+33610000000', fields: [{ name: 'name', value: 'Contact 1' }] } });
  expect(await command('skipContact(agent: "1")')).toMatchObject({ data: { result: { __typename: 'CommandDone' } } });
  expect(await command('nextContact(agent: "1")')).toMatchObject({ data: { result: { __typename: 'CommandDone' } } });
  expect(await command('dialContact(agent: "1")')).toMatchObject({ data: { result: { __typename: 'CommandDone' } } });
  expect(floor.dials).toHaveLength(1);
  expect(await command(`callBack(agent: "1", callId: "${'A'.repeat(32)}", at: "2030-01-01T10:00:00Z", own: true)`)).toMatchObject({ data: { result: { code: 'unknown-call' } } });
});

test('an agent dials a typed number, by the rules of the call files', async () => {
  const { floor, command } = await served({ agents: 2, settings: { mode: 'manual' }, working: false, doNotCall: ['+237677000001'] });
  const dial = (number: string, agent = 1, campaign = DID) => command(`dialNumber(agent: "${agent}", campaign: "${campaign}", number: "${number}")`);
  const refusal = (code: string, reason: RegExp) => ({ data: { result: { __typename: 'CommandRefused', code, reason: expect.stringMatching(reason) } } });
  expect(await dial('+237677000002')).toEqual(refusal('wrong-state', /not logged in/));
  floor.ready(1, 2);
  expect(await dial('+237677000001')).toEqual(refusal('no-contact', /do-not-call/));
  for (const none of ['0612', 'Awa', '', '+23']) expect(await dial(none)).toEqual(refusal('invalid', /number: not a number in E.164/));
  expect(await dial('+237677000002', 1, '1')).toEqual(refusal('unknown-campaign', /does not dial for campaign 1/));
  expect(await dial('+237677000002', 9)).toEqual(refusal('unknown-agent', /agent 9/));
  // As people write it where the campaign's site is.
  expect(await dial(' 6 77 00 00 02 ')).toEqual({ data: { result: { __typename: 'CommandDone' } } });
  expect(floor.dials.map(({ number }) => number)).toEqual(['+237677000002']);
  expect(await dial('+237677000002', 2)).toEqual(refusal('no-contact', /being dialed/));
  const closed = await served({ agents: 1, settings: { mode: 'manual', calendar: 'never' }, configuration: { calendars: [{ id: 'never', zone: 'UTC', weekdays: {}, holidays: [] }] }, working: false });
  closed.floor.ready(1);
  expect(await closed.command(`dialNumber(agent: "1", campaign: "${DID}", number: "+237677000002")`)).toEqual(refusal('no-contact', /must not be called now/));
  const predictive = await served({ agents: 1 });
  predictive.floor.ready(1);
  expect(await predictive.command(`dialNumber(agent: "1", campaign: "${DID}", number: "+237677000002")`)).toEqual(refusal('wrong-state', /not dialed by hand/));
});

describe('who sees some of the floor', () => {
  const scope = (over: Partial<Scope>): Scope => ({ ...FULL_SCOPE, ...over });
  const { configuration, automaton } = outboundFloor();
  const ports = { load: () => Promise.resolve(configuration), subscribe: () => () => undefined };

  test.each<[string, Partial<Scope>, boolean, boolean]>([
    ['everything', {}, true, true], ['its tenant', { tenants: ['ocm'] }, true, true], ['another tenant', { tenants: ['sereno'] }, false, false],
    ['another site', { sites: ['lille'] }, false, false], ['one team', { teams: ['a'] }, true, false], ['another queue', { queues: ['101'] }, true, false],
  ])('%s', async (_name, over, sees, steers) => {
    const directory = await openDirectory(ports, { nowMs: () => 0 });
    const viewer = { name: 'someone', scope: scope(over) };
    const campaign = automaton.live.snapshot().campaigns[DID];
    if (!campaign) throw new Error('no campaign');
    expect(sightOf(viewer.scope, {}, directory, 0).campaign(campaign)).toBe(sees);
    expect(directs(viewer.scope, directory.campaign(DID) ?? { tenant: '', site: '', queue: 0 })).toBe(steers);
    const { parts } = servedOutbound();
    const context = { viewer, directory, core: parts.live };
    const outcome = await send({ kind: 'pause-campaign', supervisor: 'someone', campaign: DID }, context);
    const typed = await send({ kind: 'dial-number', agent: 1, campaign: DID, number: '+237677000002' }, context);
    // An agent's own command asks for sight of the agent, not of the campaign's whole floor.
    expect(typed).toMatchObject({ ok: false, code: sees ? 'wrong-state' : 'unknown-agent' });
    expect(outcome).toEqual(steers ? { ok: true } : { ok: false, code: 'unknown-campaign', reason: `there is no campaign ${DID}` });
  });
});
