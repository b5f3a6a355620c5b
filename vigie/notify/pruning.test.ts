import { afterEach, expect, test, vi } from 'vitest';
import { embeddedStoreOf } from '../../warehouse/operational/fixtures/embedded-store.ts';
import { startPruning } from './pruning.ts';

const DAY = 86_400_000;
const { store } = await embeddedStoreOf('pruning');
let pruning: { end(): Promise<void> } | null = null;
afterEach(() => pruning?.end());

test('what is older than it is kept goes part by part; what is younger, or still to be sent, stays', async () => {
  const { notifications } = store;
  const mail = (key: string) => ({ key, channel: 'email' as const, recipient: 'awa@example.org', subject: 's', text: 't' });
  const queuedAt = async (keys: string[], atMs: number): Promise<void> => {
    await notifications.queue(keys.map(mail), { nowMs: atMs });
    for (const each of await notifications.take(100, atMs, { leaseMs: 1000, reachable: { email: true, webhooks: [] } })) await notifications.sent(each, { nowMs: atMs, receipt: '250' });
  };
  const old = Array.from({ length: 7 }, (_, index) => `old-${index}`);
  await queuedAt(old, Date.now() - 401 * DAY);
  await queuedAt(['young'], Date.now() - 399 * DAY);
  await notifications.queue([mail('waiting')], { nowMs: Date.now() - 500 * DAY });
  const onError = vi.fn<(error: unknown) => void>();
  pruning = startPruning({ notifications, keptDays: 400, limit: 3, lookMs: 3_600_000, restMs: 20, onError });
  await vi.waitFor(async () => expect((await notifications.list()).map(({ key }) => key)).toEqual(['waiting', 'young']), { timeout: 10_000 });
  expect(await notifications.keptSinceMs()).toBeGreaterThan(Date.now() - 400 * DAY - 60_000);
  expect(onError).not.toHaveBeenCalled();
});
