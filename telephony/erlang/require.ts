/** Throws a RangeError that names the parameter unless it is a finite number above zero. */
export function requirePositive(name: string, value: number): void {
  if (!(Number.isFinite(value) && value > 0)) throw new RangeError(`${name} must be a finite number above 0, not ${value}`);
}

/** Throws a RangeError that names the parameter unless it is a whole number, 0 or more. */
export function requireCount(name: string, value: number): void {
  if (!(Number.isSafeInteger(value) && value >= 0)) throw new RangeError(`${name} must be a whole number, 0 or more, not ${value}`);
}
