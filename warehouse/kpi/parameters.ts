import type { SqlValue } from '../engine.ts';

/** Collects a statement's values; what enters the text is only a placeholder. */
export class Parameters {
  readonly values: Record<string, SqlValue> = {};
  #count = 0;

  add(value: SqlValue): string {
    const name = `p${this.#count++}`;
    this.values[name] = value;
    return `$${name}`;
  }

  list(values: readonly SqlValue[]): string {
    return values.map((value) => this.add(value)).join(', ');
  }
}
