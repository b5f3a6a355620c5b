// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { reference } from '../graphql/fixtures/reference.ts';
import { drawAsking, seriousFindings } from '../parts/testing.tsx';
import { AgentDrawer } from './agent-drawer.tsx';
import { agentFixture } from './fixtures/board.ts';

afterEach(cleanup);

const done = { result: { __typename: 'CommandDone' } };
const drawer = (agent: ReturnType<typeof agentFixture>, messages: Parameters<typeof AgentDrawer>[0]['messages'] = []) => <AgentDrawer agent={agent} messages={messages} offsetMs={0} onClose={() => {}} />;

test('who, in which pause, in which team, by their names', async () => {
  const { baseElement } = drawAsking(drawer(agentFixture({ state: 'pause', pauseReason: 'rona' })), { Reference: () => reference });
  await screen.findByText('Pause · Non-décroché');
  await screen.findByText('Prépayé A');
  expect(await seriousFindings(baseElement)).toEqual([]);
});

test('a click asks, and the button shows the stream’s state, not the click', async () => {
  const { asked, redraw } = drawAsking(drawer(agentFixture({})), { Reference: () => reference, Listen: () => done });
  fireEvent.click(screen.getByRole('button', { name: 'Écouter' }));
  await waitFor(() => { expect(asked).toContainEqual({ operation: 'Listen', variables: { agent: '1001', on: true } }); });
  expect(screen.getByRole('button', { name: 'Écouter' })).toBeTruthy();
  redraw(drawer(agentFixture({ listenedBy: ['supervisor'] })));
  expect(screen.getByRole('button', { name: /Arrêter l’écoute|Ne plus écouter/ })).toBeTruthy();
});

test('a refusal says the reason in the reader’s language', async () => {
  drawAsking(drawer(agentFixture({})), { Reference: () => reference, Record: () => ({ result: { __typename: 'CommandRefused', code: 'wrong-state', reason: 'agent 1001 has no call' } }) });
  fireEvent.click(screen.getByRole('button', { name: 'Enregistrer' }));
  expect((await screen.findByRole('alert')).textContent).toContain('dans l’état « En ligne »');
});

test('a supervisor asks for the centre’s pauses, not for the core’s own', async () => {
  const { asked } = drawAsking(drawer(agentFixture({})), { Reference: () => reference, ForcePause: () => done });
  await screen.findByText('Prépayé A');
  fireEvent.click(screen.getByRole('combobox'));
  expect(screen.getAllByRole('option', { hidden: true }).map(({ textContent }) => textContent)).toEqual(['Café']);
  fireEvent.click(screen.getByRole('option', { name: 'Café', hidden: true }));
  fireEvent.click(screen.getByRole('button', { name: 'Mettre en pause' }));
  await waitFor(() => { expect(asked).toContainEqual({ operation: 'ForcePause', variables: { agent: '1001', reason: 'cafe' } }); });
});

test('a message is sent, then seen', async () => {
  const message = { general: null, messageId: '1', at: '2026-03-02T10:00:00Z', from: 'supervisor', text: 'Bravo', sentAt: '2026-03-02T10:00:00Z', seenBy: [], toAgent: '1001', toTeam: null };
  const { asked, redraw } = drawAsking(drawer(agentFixture({})), { Reference: () => reference, Message: () => done });
  fireEvent.change(screen.getByRole('textbox', { name: 'Message' }), { target: { value: ' Bravo ' } });
  fireEvent.click(screen.getByRole('button', { name: 'Envoyer' }));
  await waitFor(() => { expect(asked).toContainEqual({ operation: 'Message', variables: { agent: '1001', text: 'Bravo' } }); });
  redraw(drawer(agentFixture({}), [message]));
  expect(screen.getByRole('listitem').textContent).toContain('pas encore vu');
  redraw(drawer(agentFixture({}), [{ ...message, seenBy: ['1001'] }]));
  expect(screen.getByRole('listitem').textContent).not.toContain('pas encore');
});
