// @vitest-environment happy-dom
import { cleanup, screen, within } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { reference } from '../graphql/fixtures/reference.ts';
import { drawAsking, seriousFindings } from '../parts/testing.tsx';
import { MessagesCard } from './messages-card.tsx';
import { prepareMessages, type LiveMessage } from './prepare-messages.ts';

afterEach(cleanup);

const message = (over: Partial<LiveMessage>): LiveMessage => ({ messageId: 'm1', at: '2026-03-02T09:00:00Z', from: 'local', text: '', general: null, sentAt: '2026-03-02T09:00:00Z', seenBy: [], toAgent: null, toTeam: null, ...over });
const said = [
  message({ messageId: 'begun', general: 'campaign-begun', text: 'Noël' }),
  message({ messageId: 'ended', general: 'campaign-ended', text: 'Rentrée', at: '2026-03-02T09:01:00Z' }),
  message({ messageId: 'team', text: 'Briefing à 10 h', toTeam: 'd1', seenBy: ['1001', '1002'], at: '2026-03-02T09:02:00Z' }),
  message({ messageId: 'agent', text: 'Bravo !', toAgent: '1001', at: '2026-03-02T09:03:00Z' }),
  message({ messageId: 'all', text: 'Panne du SVI', at: '2026-03-02T09:04:00Z' }),
];
const card = (messages: LiveMessage[]) => <MessagesCard messages={messages} agents={[{ agent: '1001', name: 'Aïcha Mbarga' }]} />;

test('what the automaton and the supervisors said, newest first, in words', async () => {
  const { container } = drawAsking(card(said), { Reference: () => reference });
  await screen.findByText('Prépayé A');
  const log = screen.getByRole('log', { name: 'Messages du plateau' });
  expect(within(log).getAllByRole('listitem').map((item) => item.textContent?.replace(/^\d\d:\d\d/, ''))).toEqual([
    'Tous Panne du SVIpas encore vu', 'Aïcha Mbarga Bravo !pas encore vu', 'Prépayé A Briefing à 10 hvu par 2 agents', 'Campagne « Rentrée » terminée', 'Campagne « Noël » commencée',
  ]);
  expect(await seriousFindings(container)).toEqual([]);
});

test('nothing said takes no room, but readers already listen', () => {
  drawAsking(card([]), { Reference: () => reference });
  expect(screen.getByRole('log').textContent).toBe('');
});

test('the newest of many', () => {
  const many = Array.from({ length: 9 }, (_, at) => message({ messageId: String(at), at: new Date(Date.UTC(2026, 2, 2, 9, at)).toISOString() }));
  expect(prepareMessages(many, 3).map(({ id }) => id)).toEqual(['8', '7', '6']);
});
