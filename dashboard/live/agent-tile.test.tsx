// @vitest-environment happy-dom
import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { draw, seriousFindings } from '../parts/testing.tsx';
import { AgentTile } from './agent-tile.tsx';
import type { LiveAgent } from './live-query.ts';

afterEach(cleanup);

const agent = (over: Partial<LiveAgent>): LiveAgent => ({ agent: '1001', name: 'Aïcha Mbarga', tenant: 'ocm', site: 'douala', teams: ['d1'], state: 'talk', since: new Date(Date.now() - 65_000).toISOString(), pauseReason: '', pendingPause: '', loggedInSince: null, callId: '', queue: '', campaign: '', answeredToday: 0, arguedToday: 0, positiveToday: 0, recorded: false, listenedBy: [], ...over });

test('who, in which state, since when', async () => {
  const select = vi.fn<(agent: string) => void>();
  const { container } = draw(<AgentTile agent={agent({})} reason="" limitSeconds={90} offsetMs={0} selected={false} onSelect={select} />);
  const tile = screen.getByRole('button', { name: /Aïcha Mbarga/ });
  expect(tile.textContent).toMatch(/En ligne1:0[4-6]$/);
  fireEvent.click(tile);
  expect(select).toHaveBeenCalledWith('1001');
  expect(await seriousFindings(container)).toEqual([]);
});

test('a state that lasts too long is marked by a shape with words', () => {
  draw(<AgentTile agent={agent({ state: 'wrapup', since: new Date(Date.now() - 200_000).toISOString() })} reason="" limitSeconds={90} offsetMs={0} selected={false} onSelect={() => {}} />, 'en');
  expect(screen.getByRole('img', { name: 'much too long' })).toBeTruthy();
});

test('a pause says its reason, and a logged-out agent has no clock', () => {
  draw(<><AgentTile agent={agent({ state: 'pause', pauseReason: 'dejeuner' })} reason="Repas" limitSeconds={null} offsetMs={0} selected={false} onSelect={() => {}} /><AgentTile agent={agent({ agent: '2', name: 'Bob', state: 'logged_out' })} reason="" limitSeconds={90} offsetMs={0} selected={false} onSelect={() => {}} /></>);
  expect(screen.getByTestId('agent-1001').textContent).toContain('Repas');
  expect(screen.getByTestId('agent-2').textContent).toBe('BobDéconnecté');
});

test('a wrong clock of the reader’s computer does not matter', () => {
  const hour = 3_600_000;
  draw(<AgentTile agent={agent({ since: new Date(Date.now() + hour - 30_000).toISOString() })} reason="" limitSeconds={90} offsetMs={hour} selected={false} onSelect={() => {}} />);
  expect(screen.getByTestId('agent-1001').textContent).toMatch(/0:(29|30|31)$/);
});
