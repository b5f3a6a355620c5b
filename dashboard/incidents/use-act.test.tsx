// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { reference } from '../graphql/fixtures/reference.ts';
import { drawAsking } from '../parts/testing.tsx';
import { details } from './fixtures/incidents.ts';
import { CommentsCard } from './incident/comments-card.tsx';

afterEach(cleanup);

test('what was sent and not answered is the same act when it is sent again, and the next one another', async () => {
  let away = true;
  const done = { result: { __typename: 'IncidentActDone', id: 'x', incident: { __typename: 'Incident', number: 7, revision: 9 } } };
  const { asked } = drawAsking(<CommentsCard incident={details({ comments: [] })} />, { Reference: () => reference, CommentIncident: () => (away ? 'INTERNAL' : done) });
  const ids = (): unknown[] => asked.filter(({ operation }) => operation === 'CommentIncident').map(({ variables }) => variables['id']);
  const box = (): HTMLTextAreaElement => screen.getByRole('textbox');
  const write = async (text: string, count: number): Promise<void> => {
    fireEvent.change(box(), { target: { value: text } });
    fireEvent.click(screen.getByRole('button', { name: 'Commenter' }));
    await waitFor(() => expect(ids()).toHaveLength(count));
  };
  await write('Groupe démarré', 1);
  // Nobody knows whether it was done: what was typed stays.
  await screen.findByRole('alert');
  expect(box().value).toBe('Groupe démarré');
  away = false;
  await waitFor(() => expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Commenter' }).dataset['loading']).toBeUndefined());
  await write('Groupe démarré', 2);
  await waitFor(() => expect(box().value).toBe(''));
  await write('Groupe démarré', 3);
  const [first, again, another] = ids();
  expect(first).toMatch(/^[\da-f]{8}-[\da-f]{4}-4/);
  expect(again).toBe(first);
  expect(another).not.toBe(first);
});
