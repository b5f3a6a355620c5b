import type { Person as Row } from '../../../warehouse/operational/incidents/events.ts';
import { builder } from '../../builder.ts';
import { Person } from './person.ts';

export const IncidentPerson = builder.objectRef<Row>('IncidentPerson').implement({ interfaces: [Person] });
