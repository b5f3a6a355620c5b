import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { runProgram } from '../fixtures/run-program.ts';

// The first run compiles the program.
beforeAll(() => runProgram(['--help']), 300_000);

const DIAL = ['dial', '--contacts', '3000', '--agents', '10', '--seed', '3'];
const share = z.number().min(0).max(1);
const answerSchema = z.strictObject({
  answerShare: share.optional(), talkSeconds: z.number().optional(), wrapupSeconds: z.number().optional(),
  contacts: z.number(), agents: z.number(), seed: z.number(), hours: z.number(), nuisanceShare: share,
  modes: z.array(z.strictObject({
    mode: z.string(), hours: z.number(), contactsDialed: z.number(), contactsLeft: z.number(), talkMinutesPerHour: z.number().max(60), busyShare: share, waitSeconds: z.number(),
    nuisanceShare: share, worstDayShare: share.nullable(), nuisances: z.number(), takenForMachine: z.number(), contactsPerHour: z.number(), lines: z.number(), peakLines: z.number(),
  })),
});

async function dial(...args: string[]): Promise<z.infer<typeof answerSchema>> {
  const { code, stdout, stderr } = await runProgram([...DIAL, '--json', ...args]);
  expect([code, stderr]).toEqual([0, '']);
  return answerSchema.parse(JSON.parse(stdout));
}

describe('vigie dial', () => {
  test('lives the file under each mode, to its end', async () => {
    const { modes, ...asked } = await dial('--modes', 'manual, vicidial,predictive,manual');
    expect(asked).toEqual({ contacts: 3000, agents: 10, seed: 3, hours: 720, nuisanceShare: 0.03 });
    expect(modes.map(({ mode }) => mode)).toEqual(['manual', 'vicidial-hard-limit', 'vicidial-average', 'vicidial-tapered', 'predictive']);
    for (const { contactsDialed, contactsLeft, contactsPerHour, hours, lines, peakLines } of modes) {
      expect([contactsDialed, contactsLeft]).toEqual([3000, 0]);
      expect(contactsPerHour * hours).toBeCloseTo(3000, 6);
      expect(lines > 0 && lines <= peakLines).toBe(true);
    }
    const [manual, predictive] = [modes[0], modes.at(-1)];
    expect(manual).toMatchObject({ nuisances: 0, nuisanceShare: 0, worstDayShare: 0, peakLines: 10 });
    expect((predictive?.talkMinutesPerHour ?? 0) / (manual?.talkMinutesPerHour ?? 0)).toBeGreaterThan(1.5);
    expect((predictive?.hours ?? 0) / (manual?.hours ?? 0)).toBeLessThan(0.7);
  });

  test('ends after the hours; the same seed gives the same, another limit or seed does not', async () => {
    const asked = ['--modes', 'predictive', '--hours', '1.5'];
    const one = await dial(...asked);
    expect(one.modes[0]).toMatchObject({ hours: 1.5 });
    expect(one.modes[0]?.contactsLeft).toBeGreaterThan(500);
    expect(await dial(...asked)).toEqual(one);
    expect((await dial(...asked, '--seed', '4')).modes).not.toEqual(one.modes);
    const strict = await dial(...asked, '--limit', '0.5');
    expect(strict.nuisanceShare).toBe(0.005);
    expect(strict.modes[0]?.contactsDialed).toBeLessThan(one.modes[0]?.contactsDialed ?? 0);
  });

  test('lives other people and agents than the standard ones, and says which', async () => {
    const options = ['--modes', 'progressive', '--hours', '1', '--answers', '40', '--talk', '60', '--wrapup', '10.5'];
    const [standard, other] = [await dial(...options.slice(0, 4)), await dial(...options)];
    expect(other).toMatchObject({ answerShare: 0.4, talkSeconds: 60, wrapupSeconds: 10.5 });
    // More answer, and they talk less than half as long.
    expect((other.modes[0]?.contactsDialed ?? 0) / (standard.modes[0]?.contactsDialed ?? 1)).toBeGreaterThan(1.05);
    expect(other.modes[0]?.talkMinutesPerHour).not.toBe(standard.modes[0]?.talkMinutesPerHour);
    const { stdout } = await runProgram([...DIAL, ...options, '--language', 'en']);
    expect(stdout).toContain('seed 3, answers 40.0 %, talk 60.0 s, wrap-up 10.5 s, nuisance calls 3.0 % at most');
  });

  test('prints a table in either language, a gap where nobody answered', async () => {
    const table = async (language: string): Promise<string[]> => (await runProgram([...DIAL, '--modes', 'progressive,predictive', '--hours', '0.1', '--language', language])).stdout.trimEnd().split('\n');
    const [en, fr] = [await table('en'), await table('fr')];
    expect(en[0]).toMatch(/^3,000 contacts, 10 agents, seed 3, nuisance calls 3\.0 % at most/);
    expect(en.slice(1).map((line) => line.split(/ {2,}/)[0])).toEqual(['mode', 'progressive', 'predictive']);
    // Too few answers for a window's share.
    expect(en[2]).toMatch(/^progressive( +[\d.]+){2} %( +[\d.]+){2} % +–/);
    expect(fr[0]).toMatch(/10 agents, graine 3, appels de nuisance 3,0 % au plus/);
    expect(fr.slice(1).map((line) => line.split(/ {2,}/)[0])).toEqual(['mode', 'progressif', 'prédictif']);
    expect(new Set(en.slice(1).map((line) => line.length)).size).toBe(1);
  });

  test.each([
    ['--contacts', '0', 'a whole number from 1 to 2000000 is expected'],
    ['--agents', '4.5', 'a whole number from 1 to 2000 is expected'],
    ['--seed', '-1', 'a whole number from 0 to 4294967295 is expected'],
    ['--hours', '1e3', 'a number from 0.1 to 720 is expected'],
    ['--limit', '3%', 'a number from 0.1 to 50 is expected'],
    ['--answers', '71', 'a number from 1 to 70 is expected'],
    ['--talk', '0', 'a number from 1 to 3600 is expected'],
    ['--modes', 'predictive,psychic', 'there is no mode "psychic"; choose among manual, preview, progressive'],
    ['--modes', ',', 'name one mode at least'],
    ['--language', 'de', 'en or fr is expected'],
  ])('%s %s: wrong usage that names the value and what is expected', async (option, value, message) => {
    const { code, stdout, stderr } = await runProgram([...DIAL, `${option}=${value}`]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(option);
    expect(stderr).toContain(message);
    expect(stderr).toContain(value === 'predictive,psychic' ? 'psychic' : value);
  });
});
