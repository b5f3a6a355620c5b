import { expect, test } from 'vitest';
import { toDimensions } from '../../warehouse/operational/dimensions.ts';
import { FULL_SCOPE } from '../../warehouse/warehouse.ts';
import { openRealFloor } from '../fixtures/real-floor.ts';
import { loadRows, openTestWarehouse } from '../fixtures/warehouse.ts';
import { benchLiveTick, scopesOf } from './live-tick.ts';

test('the cost of a tick does not grow with the subscribers of a scope', async () => {
  const start = Date.parse('2026-03-02T09:30:00Z');
  const floor = openRealFloor(Date.parse('2026-03-02T09:00:00Z'));
  const warehouse = await openTestWarehouse();
  await warehouse.syncDimensions(toDimensions(floor.configuration));
  await loadRows(warehouse, floor.liveUntil(start));
  const parts = { warehouse, live: floor.live, directory: floor.directory, clock: floor.clock, advance: () => void floor.liveUntil(floor.clock.nowMs() + 1000) };
  const one = await benchLiveTick(parts, { subscribers: 1, scopes: [FULL_SCOPE], ticks: 10 });
  const many = await benchLiveTick(parts, { subscribers: 200, scopes: [FULL_SCOPE], ticks: 10 });
  const scopes = await benchLiveTick(parts, { subscribers: 200, scopes: scopesOf(floor.configuration, 20), ticks: 10 });
  await warehouse.close();
  expect(many.bytesPerSubscriber).toBeGreaterThan(1000);
  // Each of them sees a part.
  expect(scopes.bytesPerSubscriber).toBeLessThan(many.bytesPerSubscriber);
  // The bench itself asks for 1.5 on an idle machine; here, beside other tests, only that it does not grow with the subscribers.
  expect(many.msPerTick).toBeLessThan(one.msPerTick * 10);
});
