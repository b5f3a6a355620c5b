/** Of values, of constraints, of the statement itself: the server would say the same again. Class of SQLSTATE. */
const FOR_EVER = /^(22|23|42)/;

/** Did the server understand and refuse a statement, rather than not answer? */
export function isRefused(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.length === 5 && FOR_EVER.test(error.code);
}
