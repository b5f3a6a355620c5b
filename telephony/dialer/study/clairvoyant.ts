import { CallbackTimer } from '../../clock.ts';
import type { CampaignRun, Driver } from './campaign-run.ts';

/**
 * The upper limit: knows every future answer, talk and wrap-up. For each moment at which an agent will be free it takes the
 * contacts up to the next person who answers, and dials that one so that the answer falls on that very millisecond.
 */
export class Clairvoyant implements Driver {
  tick(): void {
    // All is said when a talk begins.
  }

  free(run: CampaignRun, atMs: number): void {
    const nowMs = run.clock.nowMs();
    while (run.contactsLeft > 0 && run.future(run.nextContact).outcome !== 'person') run.dial();
    if (run.contactsLeft === 0) return;
    const person = run.reserve();
    const delayMs = atMs - nowMs - person.afterMs;
    if (delayMs <= 0) run.dialFuture(person);
    else run.clock.set(new CallbackTimer(() => run.dialFuture(person)), nowMs + delayMs);
  }
}
