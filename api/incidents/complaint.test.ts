import { expect, test } from 'vitest';
import { z } from 'zod';
import { incidentSettingsSchema } from '../../warehouse/operational/incidents/settings.ts';
import { complaintOf } from './complaint.ts';

const complaint = (schema: z.ZodType, value: unknown) => { const { error } = schema.safeParse(value); return error && complaintOf(error); };

test('the field and its limit are told in either language', () => {
  expect(complaint(incidentSettingsSchema, { conferenceMinutes: 0 })).toEqual({ fr: 'conferenceMinutes : plus de 0', en: 'conferenceMinutes: more than 0' });
  expect(complaint(incidentSettingsSchema, { rexDays: 400 })).toEqual({ fr: 'rexDays : au plus 365', en: 'rexDays: at most 365' });
  expect(complaint(incidentSettingsSchema, { availability: { sql: 1 } })).toEqual({ fr: 'availability.sql : moins de 1', en: 'availability.sql: less than 1' });
  expect(complaint(incidentSettingsSchema, { conferencePlace: 'x'.repeat(501) })).toEqual({ fr: 'conferencePlace : au plus 500 caractères', en: 'conferencePlace: at most 500 characters' });
  expect(complaint(incidentSettingsSchema, { signatureReminders: 'often' })).toEqual({ fr: 'signatureReminders : un nombre est attendu', en: 'signatureReminders: a number is expected' });
});

test('what nobody foresaw says that it is refused, in French without English', () => {
  expect(complaint(z.object({ zone: z.string().refine(() => false, { error: 'not an IANA time zone' }) }), { zone: 'x' })).toEqual({ fr: 'zone : valeur refusée', en: 'zone: not an IANA time zone' });
  expect(complaint(z.string(), 7)).toEqual({ fr: 'manque, ou n’est pas de la bonne sorte', en: 'missing, or of the wrong kind' });
});
