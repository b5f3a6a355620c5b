import { initGraphQLTada } from 'gql.tada';
import type { introspection } from './introspection.d.ts';

/** Typed documents; the schema is the only thing the dashboard knows of the server. */
export const graphql = initGraphQLTada<{
  introspection: introspection;
  disableMasking: true;
  scalars: { DateTime: string; LocalDate: string; MeasureId: string; JSON: unknown };
}>();
