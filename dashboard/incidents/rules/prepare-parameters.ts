export type ParameterValue = number | string | boolean | null;

/** A value as the server's JSON has it; whatever is none of these is no value. */
export function valueIn(value: unknown): ParameterValue {
  return typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean' ? value : null;
}

/** What is kept of a detector: the values that differ from what is usual. An emptied one goes back to it. */
export function changedParameters(parameters: readonly { name: string; value: unknown; usual: unknown }[], changed: Readonly<Record<string, ParameterValue>>): { name: string; value: ParameterValue }[] {
  return parameters.flatMap(({ name, value, usual }) => {
    const next = Object.hasOwn(changed, name) ? changed[name] ?? null : valueIn(value);
    return next === null || next === valueIn(usual) ? [] : [{ name, value: next }];
  });
}
