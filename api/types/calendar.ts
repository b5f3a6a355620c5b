import type { Calendar as Row } from '../../telephony/configuration.ts';
import { builder } from '../builder.ts';

const OpenHours = builder.objectRef<{ weekday: number; from: string; to: string }>('OpenHours').implement({
  description: "On the wall clock of the calendar's zone",
  fields: (t) => ({ weekday: t.exposeInt('weekday', { description: '1 = Monday' }), from: t.exposeString('from'), to: t.exposeString('to') }),
});

const Calendar = builder.objectRef<Row>('Calendar').implement({
  fields: (t) => ({
    id: t.exposeString('id'),
    zone: t.exposeString('zone'),
    hours: t.field({ type: [OpenHours], resolve: ({ weekdays }) => Object.entries(weekdays).flatMap(([weekday, spans]) => spans.map((span) => ({ weekday: Number(weekday), ...span }))) }),
    holidays: t.stringList({ description: 'Closed all day, yyyy-MM-dd', resolve: ({ holidays }) => holidays }),
  }),
});

builder.queryField('calendars', (t) => t.field({ type: [Calendar], resolve: (_root, _args, { directory }) => directory.configuration().calendars }));
