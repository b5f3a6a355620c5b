import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { AGENT_STATES } from '../../telephony/rows.ts';

test('the od-actions mapping reads the state numbers as the core writes them', async () => {
  const mapping: unknown = JSON.parse(await readFile(new URL('../mappings/od-actions.json', import.meta.url), 'utf8'));
  expect(mapping).toHaveProperty('columns.state.values', Object.fromEntries(AGENT_STATES.map((state, number) => [String(number), state])));
});
