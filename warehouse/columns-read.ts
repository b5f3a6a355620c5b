import type { Condition, Expression, LoadPlan } from './load-plan.ts';

/** The source's columns that a plan reads, in a stable order. */
export function columnsRead(plan: LoadPlan): string[] {
  const names = new Set<string>();
  const visit = (part: unknown): void => {
    if (typeof part === 'string') names.add(part);
    else if (Array.isArray(part)) part.forEach(visit);
    else if (typeof part === 'object' && part !== null) visitOperation(part);
  };
  // Expressions stand under these keys; everything else in an operation is a setting.
  const visitOperation = (operation: object): void => {
    const entries = Object.entries(operation);
    for (const [key, value] of entries) {
      if (key === 'when' && Array.isArray(value)) value.forEach(visitOperation);
      else if (['of', 'left', 'right', 'date', 'time', 'notBefore', 'from', 'to', 'seconds', 'otherwise', 'if', 'use', 'by', 'where'].includes(key) && isExpression(operation, key)) visit(value);
    }
  };
  const { group, follow } = plan;
  const columns: (Expression | Condition | undefined)[] = group === undefined
    ? [...Object.values(plan.columns), plan.leaveOut]
    : [group.by, group.where, ...Object.values(group.values).flatMap(({ of, where }) => [of, where])];
  columns.forEach(visit);
  if (follow === undefined) return [...names];
  for (const name of Object.keys(follow.values)) names.delete(name);
  [follow.by, follow.at, follow.where, ...Object.values(follow.values).flatMap((value) => [value.of, 'where' in value ? value.where : undefined])].forEach(visit);
  return [...names];
}

/** `to` of a duration is its unit, and `from` of a substring its position; elsewhere both are expressions. */
function isExpression(operation: object, key: string): boolean {
  return !('op' in operation && operation.op === 'duration' && key === 'to');
}
