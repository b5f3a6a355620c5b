import { expect, test } from 'vitest';
import { testFloor } from '../testing/floor.ts';

test("an agent's screen gets the own production figures and messages, and nothing of the others", () => {
  const floor = testFloor();
  floor.ready(1, 4);
  const seen: { state: string | undefined; answered: number | undefined; argued: number | undefined; positive: number | undefined; texts: string[] }[] = [];
  const stop = floor.automaton.live.desk(1, ({ own, messages }) => seen.push({
    state: own?.state, answered: own?.answeredToday, argued: own?.arguedToday, positive: own?.positiveToday, texts: messages.map(({ text }) => text),
  }));
  const quiet = { state: 'ready', answered: 0, argued: 0, positive: 0, texts: [] };
  expect(seen).toEqual([quiet]);

  floor.command({ kind: 'pause', agent: 4, reason: 'pause' });
  floor.command({ kind: 'message', supervisor: 'chef', to: { team: 'b' }, text: 'à Lille' });
  floor.after(1);
  expect(seen).toHaveLength(1);

  floor.command({ kind: 'message', supervisor: 'chef', to: { team: 'a' }, text: 'à Douala' });
  floor.dial();
  floor.command({ kind: 'answer', agent: 1 });
  const callId = floor.call().ID;
  floor.after(1);
  expect(seen.at(-1)).toEqual({ ...quiet, state: 'talk', answered: 1, texts: ['à Douala'] });
  floor.command({ kind: 'hang-up', agent: 1 });
  floor.command({ kind: 'qualify', agent: 1, callId, group: 1, num: 1, detail: 0, comments: '' });
  floor.after(1);
  expect(seen.at(-1)).toEqual({ state: 'wrapup', answered: 1, argued: 1, positive: 1, texts: ['à Douala'] });

  stop();
  const count = seen.length;
  floor.command({ kind: 'end-wrapup', agent: 1 });
  floor.after(1);
  expect(seen).toHaveLength(count);
});
