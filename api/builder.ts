import SchemaBuilder from '@pothos/core';
import ComplexityPlugin from '@pothos/plugin-complexity';
import type { ApiContext } from './context.ts';

/** Fields are non-null unless they say `nullable`. The limits on cost stand in `http/limits.ts`. */
export const builder = new SchemaBuilder<{
  Context: ApiContext;
  DefaultFieldNullability: false;
  Scalars: {
    DateTime: { Input: string; Output: string };
    MeasureId: { Input: string; Output: string };
    JSON: { Input: unknown; Output: unknown };
  };
}>({
  plugins: [ComplexityPlugin],
  defaultFieldNullability: false,
  complexity: { disabled: true },
});

builder.queryType();
builder.mutationType();
builder.subscriptionType();
