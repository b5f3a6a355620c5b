import type { SqlValue } from '../engine.ts';

/**
 * Collects a statement's values. Of text only a placeholder enters the statement; instants and whole numbers stand in
 * it as they are, because an engine plans a statement with placeholders a second time when it gets their values.
 */
export class Parameters {
  readonly values: Record<string, SqlValue> = {};
  #count = 0;

  add(value: SqlValue): string {
    if (value instanceof Date) return `TIMESTAMP '${value.toISOString().slice(0, -1).replace('T', ' ')}'`;
    if (Number.isSafeInteger(value)) return String(value);
    const name = `p${this.#count++}`;
    this.values[name] = value;
    return `$${name}`;
  }

  list(values: readonly SqlValue[]): string {
    return values.map((value) => this.add(value)).join(', ');
  }
}
