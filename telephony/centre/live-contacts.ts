import type { ContactPort } from '../contacts.ts';

export interface LiveContactsOptions {
  /** When it is started. */
  nowMs: number;
  /** False: the floor still lives through the time before it goes live. */
  isLive: () => boolean;
  /** Brings the floor's clock up to now. */
  catchUp: () => void;
}

/** A floor's contacts: nobody is dialed in a time that is over, and answers from outside find the floor up to date. */
export function liveContacts(port: ContactPort, { nowMs, isLive, catchUp }: LiveContactsOptions): ContactPort {
  return {
    // Whoever held them died before now, whatever the floor's clock says.
    begin: () => port.begin(nowMs),
    take(request, answer) {
      if (!isLive()) return answer(null);
      port.take(request, (batch) => {
        catchUp();
        answer(batch);
      });
    },
    takeNumber: (request, answer) => port.takeNumber(request, (taken) => {
      catchUp();
      answer(taken);
    }),
    giveBack: (campaign, contacts) => port.giveBack(campaign, contacts),
    report: (attempt) => port.report(attempt),
    skip: (campaign, contact, agent, atMs) => port.skip(campaign, contact, agent, atMs),
    onWithdrawn: (listener) => port.onWithdrawn((numbers) => {
      catchUp();
      listener(numbers);
    }),
  };
}
