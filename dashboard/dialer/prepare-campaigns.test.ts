import { expect, test } from 'vitest';
import type { Dialer } from './dialer-query.ts';
import { campaignFixture, whyFixture } from './fixtures/campaign.ts';
import { prepareCampaigns } from './prepare-campaigns.ts';

const of = (over: Partial<Dialer>) => prepareCampaigns([campaignFixture('9000', 'A', over)])[0];
const windows = (nuisance: number, passed: number) => [{ hours: 24, nuisance, passed, share: nuisance / (nuisance + passed) }];
const none = { ready: 0, preview: 0, dialing: 0, talking: 0, wrapup: 0, busy: 0, pause: 0 };

test.each<[string, Partial<Dialer>, string | null, string]>([
  ['at work', {}, null, 'ok'],
  ['just under its limit', { nuisanceWindows: windows(30, 971) }, null, 'ok'],
  ['over it', { nuisanceWindows: windows(32, 968) }, 'overLimit', 'warn'],
  ['far over it', { nuisanceWindows: windows(50, 950) }, 'overLimit', 'bad'],
  ['over it with few answers', { nuisanceWindows: windows(9, 100) }, null, 'ok'],
  ['paused while agents wait', { state: 'PAUSED' }, 'waiting', 'warn'],
  ['stopped while nobody waits', { state: 'STOPPED', agents: none }, null, 'ok'],
  ['without agents', { agents: none }, 'noAgents', 'warn'],
  ['without agents or contacts, as at night', { agents: none, contactsLeft: 0 }, null, 'ok'],
  ['at the end of its file', { contactsLeft: 0, contactsOpen: 0 }, 'noContacts', 'warn'],
  ['with contacts for later only', { contactsLeft: 0 }, 'noneNow', 'warn'],
  ['out of lines with an agent free', { why: whyFixture({ bound: 'LINES' }) }, 'noLines', 'warn'],
])('a campaign %s', (_name, over, attention, verdict) => {
  expect(of(over)).toMatchObject({ attention, verdict });
});

test('what presses comes first, then what works, then by name; inbound campaigns are left out', () => {
  const order = prepareCampaigns([
    campaignFixture('1', 'Zèle', { state: 'STOPPED', agents: none }), campaignFixture('2', 'Beta'), campaignFixture('3', 'Alpha'), campaignFixture('4', 'Entrants', null),
    campaignFixture('5', 'Sans agent', { agents: none }), campaignFixture('6', 'Hors limite', { nuisanceWindows: windows(50, 950) }), campaignFixture('7', 'Un peu', { nuisanceWindows: windows(32, 968) }),
  ]);
  expect(order.map(({ name }) => name)).toEqual(['Hors limite', 'Un peu', 'Sans agent', 'Alpha', 'Beta', 'Zèle']);
});
