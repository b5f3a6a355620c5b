import { GraphQLError } from 'graphql';
import { builder } from '../builder.ts';

const MEASURE_ID = /^[a-z][a-z0-9-]{0,63}$/;

/** An instant, ISO 8601 in UTC. */
builder.scalarType('DateTime', {
  description: 'An instant, ISO 8601 in UTC',
  serialize: (value) => value,
  parseValue: (value) => {
    if (typeof value === 'string' && !Number.isNaN(Date.parse(value))) return value;
    throw new GraphQLError('an instant is an ISO 8601 text such as "2026-01-01T08:00:00Z"');
  },
});

/** Whether a measure exists is the warehouse's answer; this only keeps the form. */
builder.scalarType('MeasureId', {
  description: "A measure's id in kebab-case, such as service-level",
  serialize: (value) => value,
  parseValue: (value) => {
    if (typeof value === 'string' && MEASURE_ID.test(value)) return value;
    throw new GraphQLError('a measure id is kebab-case, such as "service-level"');
  },
});

builder.scalarType('JSON', {
  description: 'Any JSON value',
  serialize: (value) => value,
  parseValue: (value) => value,
});
