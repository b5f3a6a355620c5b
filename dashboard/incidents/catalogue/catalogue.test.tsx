// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { reference } from '../../graphql/fixtures/reference.ts';
import { drawAsking, goTo, seriousFindings } from '../../parts/testing.tsx';
import { CataloguePage } from './catalogue-page.tsx';

afterEach(cleanup);

const type = { slug: 'power', label: 'Soucis d’énergie', causes: 'Coupure longue', solution: 'Groupe', labelFr: 'Soucis d’énergie', labelEn: 'Power trouble', causesFr: 'Coupure longue', causesEn: 'Long cut', solutionFr: 'Groupe', solutionEn: 'Generator', targetMinutes: 5, severity: 'CRITICAL', calendar: null, breakdown: true, retired: false, version: 3, affects: { tenants: [], sites: [], queues: [], components: [{ component: 'power', share: 1 }] } };

test('the catalogue: a type is added in both languages, another’s target is changed, and one is no longer offered', async () => {
  goTo('/incidents/catalogue');
  let types: object[] = [type];
  const { asked, container } = drawAsking(<CataloguePage />, { Reference: () => reference, IncidentTypes: () => ({ incidentTypes: types, components: [{ slug: 'power', label: 'Énergie' }], calendars: [{ id: 'jours-ouvres', zone: 'Africa/Douala', hours: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '08:00', to: '18:00' })) }] }), PutType: () => ({ result: { __typename: 'SettingKept', version: 4 } }) });
  const put = () => asked.filter(({ operation }) => operation === 'PutType').map(({ variables }) => variables['type']);
  fireEvent.click(await screen.findByRole('button', { name: 'Ajouter un type' }));
  const added = await screen.findByRole('dialog');
  const save = within(added).getByRole<HTMLButtonElement>('button', { name: 'Enregistrer' });
  fireEvent.change(within(added).getByRole('textbox', { name: /^Identifiant/ }), { target: { value: 'power' } });
  expect(added.textContent).toContain('pas encore pris');
  const texts = { 'Identifiant': 'badge', 'Nom en français': 'Badgeuse en panne', 'Nom en anglais': 'Badge reader down', 'Causes en français': 'Câble', 'Causes en anglais': 'Cable', 'Solution en français': 'Le changer', 'Solution en anglais': 'Change it' };
  for (const [label, value] of Object.entries(texts)) {
    // No reader has half a catalogue.
    expect(save.disabled).toBe(true);
    fireEvent.change(within(added).getByRole('textbox', { name: new RegExp(`^${label}`) }), { target: { value } });
  }
  expect(save.disabled).toBe(false);
  expect(await seriousFindings(container)).toEqual([]);
  types = [type, { ...type, slug: 'badge', label: 'Badgeuse en panne', version: 1 }];
  fireEvent.click(save);
  expect(await screen.findByText('Badgeuse en panne')).toBeTruthy();
  expect(put()).toEqual([{ slug: 'badge', version: 0, labelFr: 'Badgeuse en panne', labelEn: 'Badge reader down', causesFr: 'Câble', causesEn: 'Cable', solutionFr: 'Le changer', solutionEn: 'Change it', targetMinutes: 60, severity: 'MAJOR', breakdown: true, retired: false, calendar: null, affects: { tenants: [], sites: [], queues: [], components: [] } }]);
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  fireEvent.click(screen.getByRole('button', { name: 'Modifier le type « Soucis d’énergie »' }));
  const changed = await screen.findByRole('dialog');
  fireEvent.change(within(changed).getByRole('textbox', { name: /^Délai cible/ }), { target: { value: '10' } });
  fireEvent.click(within(changed).getByRole('combobox', { name: 'Heures où le délai court' }));
  fireEvent.click(await screen.findByRole('option', { name: 'jours-ouvres' }));
  expect(changed.textContent).toContain('Africa/Douala · lun.–ven. 08:00–18:00');
  fireEvent.click(within(changed).getByRole('checkbox', { name: /^Ne plus proposer/ }));
  fireEvent.click(within(changed).getByRole('button', { name: 'Enregistrer' }));
  await waitFor(() => expect(put()[1]).toMatchObject({ slug: 'power', version: 3, targetMinutes: 10, retired: true, calendar: 'jours-ouvres', affects: { components: [{ component: 'power', share: 1 }] } }));
});
