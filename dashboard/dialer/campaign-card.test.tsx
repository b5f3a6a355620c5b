// @vitest-environment happy-dom
import { cleanup, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { drawAsking, goTo, seriousFindings } from '../parts/testing.tsx';
import type { Dialer } from './dialer-query.ts';
import { CampaignCard } from './campaign-card.tsx';
import { campaignFixture, whyFixture } from './fixtures/campaign.ts';
import { prepareCampaigns } from './prepare-campaigns.ts';
import { WhySentence } from './why-sentence.tsx';

beforeEach(() => goTo('/dialer?tenant=ocm'));
afterEach(cleanup);

const card = (over: Partial<Dialer> = {}) => {
  const [view] = prepareCampaigns([campaignFixture('9000', 'Relance', over)]);
  if (!view) throw new Error('no campaign');
  return <CampaignCard view={view} tenant="OCM" />;
};

test('a campaign at a glance, and the way to it with the page’s filters', async () => {
  const { container } = drawAsking(card(), {});
  const shown = screen.getByRole('article', { name: /Relance/ });
  expect(within(shown).getByRole('link', { name: 'Relance' }).getAttribute('href')).toBe('/dialer/9000?tenant=ocm');
  expect(shown.textContent).toMatch(/En marchePrédictif/);
  expect(shown.textContent).toMatch(/31,5/);
  const [day, month] = within(shown).getAllByRole('meter');
  expect([day?.getAttribute('aria-valuenow'), day?.getAttribute('aria-valuetext'), month?.getAttribute('aria-valuenow')]).toEqual(['2.5', '2,50 %, limite 3,00 %'.replaceAll(' %', '\u00a0%'), '2']);
  expect(within(shown).queryByRole('img', { name: 'À voir' })).toBeNull();
  expect(shown.textContent).toMatch(/risque de ne trouver aucun agent libre est de 2,1.%, plus que les 2,0.% admis/);
  expect(await seriousFindings(container)).toEqual([]);
});

test('over its limit: a shape, words, and the number as it is', () => {
  drawAsking(card({ nuisanceWindows: [{ hours: 24, nuisance: 40, passed: 960, share: 0.04 }] }), {}, 'en');
  const shown = screen.getByTestId('campaign-9000');
  expect(shown.textContent).toContain('Nuisance rate over the limit');
  expect(within(shown).getAllByRole('img', { name: /over the limit|Needs attention/ })).toHaveLength(2);
});

test('what is not known is a dash or said, never a zero', () => {
  drawAsking(card({ recent: null, talkMinutesPerHour: null, contactsOpen: null, nuisanceWindows: [{ hours: 24, nuisance: 0, passed: 0, share: null }] }), {});
  const shown = screen.getByTestId('campaign-9000');
  expect(shown.textContent).toMatch(/Rythme–/);
  expect(shown.textContent).toMatch(/Conversation–/);
  expect(shown.textContent).toContain('pas encore estimée');
  expect(within(shown).getByRole('meter').textContent).toMatch(/–max/);
});

test.each<[string, Partial<Dialer>]>([
  ['Paused', { state: 'PAUSED' }], ['Stopped', { state: 'STOPPED' }], ['Agents look up', { mode: 'MANUAL', why: null }], ['Agents see', { mode: 'PREVIEW', why: null }], ['One number for each', { mode: 'PROGRESSIVE', why: whyFixture({ bound: 'LEVEL' }) }],
  ['One number more', { why: whyFixture({ risk: 0.015 }) }], ['It waits', { why: whyFixture() }], ['It is warming up', { why: whyFixture({ bound: 'WARM_UP' }) }], ['The nuisance limit is used up', { why: whyFixture({ bound: 'BUDGET' }) }], ['People answer more often', { why: whyFixture({ bound: 'CHANGE' }) }],
  ['No agent', { why: whyFixture({ bound: 'AGENTS' }) }], ['No contact', { why: whyFixture({ bound: 'CONTACTS' }) }], ['All the lines', { why: whyFixture({ bound: 'LINES' }) }], ['Paced by its level: 1.8', { why: whyFixture({ bound: 'LEVEL' }) }], ['No decision', { why: null }],
])('why: %s', (start, over) => {
  drawAsking(<p><WhySentence dialer={{ mode: 'PREDICTIVE', state: 'RUNNING', why: null, ...over }} /></p>, {}, 'en');
  expect(screen.getByRole('paragraph').textContent.startsWith(start)).toBe(true);
});
