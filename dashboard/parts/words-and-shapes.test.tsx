// @vitest-environment happy-dom
import { cleanup, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { StateLegend } from '../agents/state-legend.tsx';
import { Failure, Empty, Notice } from './states.tsx';
import { Mark } from './mark.tsx';
import { Sparkline } from './sparkline.tsx';
import { draw, seriousFindings } from './testing.tsx';
import { FateLabel } from '../calls/fate.tsx';
import { FATES } from '../calls/question.ts';

afterEach(cleanup);

test.each(['fr', 'en'] as const)('a fate is a word in %s, not only a colour', async (language) => {
  const { container } = draw(<>{FATES.map((fate) => <FateLabel key={fate} fate={fate} />)}<StateLegend planned spans={[{ state: 'dialing' }]} /></>, language);
  expect(container.textContent).toContain(language === 'fr' ? 'Abandonné' : 'Abandoned');
  expect(await seriousFindings(container)).toEqual([]);
});

test('a mark stands only where someone should look, with its words', () => {
  const { container } = draw(<><Mark verdict="ok" label="x" /><Mark verdict="none" label="x" /><Mark verdict="bad" label="hors délai" /></>);
  expect(container.querySelectorAll('svg')).toHaveLength(1);
  expect(screen.getByRole('img', { name: 'hors délai' })).toBeTruthy();
});

test('empty, failed and broken are told, with what to do', async () => {
  const { container } = draw(<main><Empty title="Rien" hint="Élargissez" /><Failure what="Panne" retry={() => {}} /><Notice kind="bad" assertive>Coupé</Notice><Sparkline values={[1, null, 2]} target={1} label="tendance" /></main>);
  expect(screen.getByRole('button', { name: 'Réessayer' })).toBeTruthy();
  expect(screen.getAllByRole('alert')).toHaveLength(2);
  expect(await seriousFindings(container)).toEqual([]);
});
