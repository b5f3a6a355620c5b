import { expect, test } from 'vitest';
import { Changes, type IncidentsChange } from './changes.ts';

test('what changed between two looks is told at once: a setting too, whatever happened to incidents', async () => {
  const [incidents, settings] = [new Map<number, number>(), { kept: 0 }];
  let revision = 0;
  const write = (incident: number | null): void => {
    revision += 1;
    if (incident === null) settings.kept += 1;
    else incidents.set(incident, revision);
  };
  const changes = new Changes({
    revision: () => Promise.resolve(revision), numbersAfter: (after) => Promise.resolve([...incidents].filter(([, at]) => at > after).map(([number]) => number)), settings: () => Promise.resolve(settings.kept),
    onError: (error) => { throw error; },
  });
  const heard: IncidentsChange[] = [];
  const stop = changes.subscribe((change) => heard.push(change), 3_600_000);
  await changes.look();
  for (const written of [[1], [null], [1, null, 2], [2], []]) {
    for (const incident of written) write(incident);
    await changes.look();
  }
  expect(heard).toEqual([
    { revision: 1, numbers: [1], settings: false }, { revision: 2, numbers: [], settings: true }, { revision: 5, numbers: [1, 2], settings: true }, { revision: 6, numbers: [2], settings: false },
  ]);
  stop();
  await changes.close();
});
