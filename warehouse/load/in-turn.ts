const tails = new WeakMap<object, Promise<unknown>>();

/** Works that write and look at what is there, one after the other for each owner. */
export function inTurn<T>(owner: object, work: () => Promise<T>): Promise<T> {
  const turn = (tails.get(owner) ?? Promise.resolve()).then(work);
  tails.set(owner, turn.catch(() => {}));
  return turn;
}
