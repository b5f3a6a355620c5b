import type { Person as Row } from '../../../warehouse/operational/incidents/events.ts';
import { builder } from '../../builder.ts';
import { LanguageEnum } from '../../types/enums.ts';
import { PartyEnum } from './enums.ts';

export const Person = builder.interfaceRef<Row>('Person').implement({
  fields: (t) => ({
    id: t.exposeString('id'),
    name: t.exposeString('name'),
    email: t.exposeString('email', { nullable: true }),
    party: t.expose('party', { type: PartyEnum }),
    role: t.exposeString('role'),
    language: t.expose('language', { type: LanguageEnum }),
    signs: t.exposeBoolean('signs', { description: 'Final reports' }),
  }),
});
