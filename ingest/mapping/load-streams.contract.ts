import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Engine } from '../../warehouse/engine.ts';
import { openWarehouse } from '../../warehouse/open-warehouse.ts';
import { FULL_SCOPE, type Dimensions, type LoadCounts, type Warehouse } from '../../warehouse/warehouse.ts';
import { planForMapping } from './plan-for-mapping.ts';

const NONE: LoadCounts = { accepted: 0, updated: 0, unchanged: 0, leftOut: 0, quarantined: 0 };
type Row = Record<string, unknown>;

/** What a load of stream rows must do on every engine. */
export function loadStreamsContract(name: string, open: () => Engine): void {
  describe(`loads of stream rows on ${name}`, () => {
    let folder: string;
    let engine: Engine;
    let warehouse: Warehouse;
    let files = 0;
    beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'vigie-load-')); });
    afterAll(() => { rmSync(folder, { recursive: true }); });
    beforeEach(async () => {
      engine = open();
      warehouse = await openWarehouse({ engine, callerKeySecret: 'secret', planFor: planForMapping });
      await warehouse.syncDimensions(DIMENSIONS);
    });
    afterEach(() => warehouse.close());

    const loadText = (mapping: string, text: string, loadId = `load-${files + 1}`): Promise<LoadCounts> => {
      files += 1;
      const file = join(folder, `f ${files} [x]*.ndjson`);
      writeFileSync(file, text);
      return warehouse.load({ loadId, source: 'test', file, mapping });
    };
    const loadRows = (mapping: string, rows: Row[]): Promise<LoadCounts> => loadText(mapping, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    const calls = (columns: string): Promise<Row[]> => engine.query({ sql: `SELECT ${columns} FROM store.calls ORDER BY call_id` });

    test('a call in progress is not abandoned, and neither queued before its fate is known', async () => {
      await loadRows('od-calls', [call({ Sequence: 1, Closed: null, NoAgent: null, Overflow: null, Abandon: null, FirstAgent: 0, CallStatusNum: null })]);
      expect(await calls('row_state, queued, answered, abandoned')).toEqual([{ row_state: 1, queued: false, answered: false, abandoned: null }]);
    });

    test('an answered leg without its end is in progress: what it cost counts when it is over', async () => {
      const leg = { CallID: 'A', CustomerID: 1, Leg: 1, Visit: 1, Queue: 101, Agent: 7, Outcome: 'answered', EnteredUniversalTime: '2026-01-15 09:30:00.000', AnsweredUniversalTime: '2026-01-15 09:30:05.000', WaitDuration: 5 };
      const legs = (): Promise<Row[]> => engine.query({ sql: 'SELECT l.row_state, l.outcome, f.answered, f.handled, f.talk_s AS talk_s FROM store.legs l JOIN facts.legs f USING (call_id, leg)' });
      await loadRows('legs', [{ ...leg, LeftUniversalTime: null, ConvDuration: 0, Sequence: 1 }]);
      expect(await legs()).toEqual([{ row_state: 1, outcome: 'in-progress', answered: 1, handled: 0, talk_s: 0 }]);
      await loadRows('legs', [{ ...leg, LeftUniversalTime: '2026-01-15 09:31:05.000', ConvDuration: 60, Sequence: 2 }]);
      expect(await legs()).toEqual([{ row_state: 2, outcome: 'answered', answered: 1, handled: 1, talk_s: 60 }]);
    });

    test('progress, end and late qualification are one call; an older state never overwrites a newer', async () => {
      const progress = call({ Sequence: 1, Abandon: null, CallStatusNum: null, ConvDuration: 0 });
      const ended = call({ Sequence: 2, CallStatusNum: null });
      const qualified = call({ Sequence: 3, CallStatusNum: 7 });
      expect(await loadRows('od-calls', [progress])).toEqual({ ...NONE, accepted: 1 });
      expect(await loadRows('od-calls', [qualified])).toEqual({ ...NONE, updated: 1 });
      expect(await loadRows('od-calls', [ended, progress])).toEqual({ ...NONE, unchanged: 2 });
      expect(await loadRows('od-calls', [call({ Sequence: 9, CallStatusNum: 8 })])).toEqual({ ...NONE, updated: 1 });
      // A straggler in progress with a high sequence stays older than an ended row.
      expect(await loadRows('od-calls', [call({ Sequence: 99, Abandon: null, CallStatusNum: null })])).toEqual({ ...NONE, unchanged: 1 });
      expect(await calls('row_state, status_num, source_sequence')).toEqual([{ row_state: 3, status_num: 8, source_sequence: 9 }]);
    });

    test('a system status, such as "not qualified", is no qualification', async () => {
      const notQualified = { CallStatusGroup: 0, CallStatusNum: 101, CallStatusDetail: 0 };
      await loadRows('od-calls', [call({ Sequence: 2, ...notQualified })]);
      expect(await calls('row_state, status_group, status_num')).toEqual([{ row_state: 2, status_group: 0, status_num: 101 }]);
      await loadRows('od-calls', [call({ Sequence: 3, CallStatusNum: 7 })]);
      expect(await loadRows('od-calls', [call({ Sequence: 9, ...notQualified })])).toEqual({ ...NONE, unchanged: 1 });
      expect(await calls('row_state, status_num')).toEqual([{ row_state: 3, status_num: 7 }]);
    });

    test('the same load again gives its counts of that time and changes nothing', async () => {
      const text = `${JSON.stringify(call({ Sequence: 1 }))}\n`;
      expect(await loadText('od-calls', text, 'segment-1')).toEqual({ ...NONE, accepted: 1 });
      expect(await loadText('od-calls', `${JSON.stringify(call({ ID: 'OTHER' }))}\n`, 'segment-1')).toEqual({ ...NONE, accepted: 1 });
      expect(await calls('call_id')).toEqual([{ call_id: 'A' }]);
      expect(await warehouse.loadCounts('segment-1')).toEqual({ ...NONE, accepted: 1 });
      expect(await warehouse.loadCounts('segment-2')).toBeNull();
    });

    test('files loaded together are one load with counts and quarantined lines of each; one that was committed before keeps its counts', async () => {
      const files: Record<string, string> = {
        one: `${JSON.stringify(call({ ID: 'A', Sequence: 1 }))}\nnot json\n${JSON.stringify(call({ ID: 'B', Sequence: 1 }))}\n`,
        two: `{"torn\n\n${JSON.stringify(call({ ID: 'A', Sequence: 2 }))}\n${JSON.stringify(call({ ID: '' }))}\n${JSON.stringify(call({ ID: 'C', Sequence: 1 }))}\n`,
        // The parser itself refuses the second line: it is no UTF-8.
        three: `${JSON.stringify(call({ ID: 'B', Sequence: 1 }))}\n{"ID":"\u00ff"}\n${JSON.stringify(call({ ID: 'D', Sequence: 1 }))}\nno\n`,
      };
      const jobs = Object.entries(files).map(([name, text]) => {
        const file = join(folder, `together [${name}]*.ndjson`);
        writeFileSync(file, text, 'latin1');
        return { loadId: name, source: 'test', file, mapping: 'od-calls' };
      });
      await loadText('od-calls', `${JSON.stringify(call({ ID: 'D', Sequence: 0 }))}\n`, 'before');
      const expected = [{ ...NONE, unchanged: 2, quarantined: 1 }, { ...NONE, accepted: 2, quarantined: 2 }, { ...NONE, accepted: 1, updated: 1, quarantined: 2 }];
      expect(await warehouse.loadTogether(jobs)).toEqual(expected);
      expect(await warehouse.loadTogether([...jobs, { ...jobs[0], loadId: 'four', source: 'test', mapping: 'od-calls', file: jobs[0]?.file ?? '' }])).toEqual([...expected, { ...NONE, unchanged: 2, quarantined: 1 }]);
      expect(await calls('call_id, source_sequence AS n')).toEqual([{ call_id: 'A', n: 2 }, { call_id: 'B', n: 1 }, { call_id: 'C', n: 1 }, { call_id: 'D', n: 1 }]);
      expect(await Promise.all(['one', 'two', 'three'].map((name) => warehouse.quarantinedLines(name)))).toEqual([[2], [1, 4], [2, 4]]);
      expect((await warehouse.quarantine({ limit: 9 })).find(({ loadId, line }) => loadId === 'two' && line === 1)?.raw).toBe('{"torn');
    });

    test('the days that loads touch are noted once, and the state tells the last load and the newest event', async () => {
      for (const number of [1, 2, 3]) await loadRows('od-calls', [call({ ID: `N${number}`, Sequence: 1 })]);
      expect(await engine.query({ sql: 'SELECT count(*) AS n FROM store.touched_days' })).toEqual([{ n: 1 }]);
      expect(await engine.query({ sql: 'SELECT load_mark, newest_event AS newest FROM store.state' })).toEqual([{ load_mark: 3, newest: at('2026-01-15T09:30:00Z') }]);
    });

    test('the ledger forgets what a stream loaded long ago, and nothing else', async () => {
      const file = join(folder, 'ledger.ndjson');
      writeFileSync(file, `${JSON.stringify(call({ ID: 'L', Sequence: 1 }))}\n`);
      const load = (loadId: string, source: string): Promise<LoadCounts> => warehouse.load({ loadId, source, kind: 'od-calls', file, mapping: 'od-calls' });
      await load('old', 'core');
      await load('other', 'pbx');
      const older = engine.name === 'duckdb' ? ['UPDATE store.loads SET committed_at = committed_at - INTERVAL 2 HOUR', 'UPDATE store.state SET load_mark = 499']
        : ['ALTER TABLE store.loads UPDATE committed_at = committed_at - INTERVAL 2 HOUR WHERE true SETTINGS mutations_sync = 2', 'INSERT INTO store.state (load_mark) SELECT 499'];
      for (const sql of older) await engine.execute({ sql });
      await load('new', 'core');
      expect(await engine.query({ sql: 'SELECT load_id AS id FROM store.loads ORDER BY id' })).toEqual([{ id: 'new' }, { id: 'other' }]);
    });

    test('a known call whose start changed is replaced, not doubled', async () => {
      await loadRows('od-calls', [call({ Sequence: 1 })]);
      expect(await loadRows('od-calls', [call({ Sequence: 2, CallUniversalTime: '2026-01-16 21:00:00.000', CallUniversalTimeString: '20260116210000' })])).toEqual({ ...NONE, updated: 1 });
      expect(await calls('started_at AS at')).toEqual([{ at: at('2026-01-16T21:00:00Z') }]);
      expect(await engine.query({ sql: 'SELECT DISTINCT day::VARCHAR AS day FROM store.touched_days ORDER BY day' })).toEqual([{ day: '2026-01-15' }, { day: '2026-01-16' }]);
    });

    test('broken rows go to quarantine with line, text and reason; the others are loaded', async () => {
      const lines = [
        JSON.stringify(call({ ID: 'good', Sequence: 1 })), '{"ID": "torn', '[1,2]', '', JSON.stringify(call({ ID: '' })), JSON.stringify(call({ ID: 'when', CallUniversalTime: '2026-13-45', CallUniversalTimeString: '' })),
        JSON.stringify(call({ ID: 'number', WaitDuration: 'abc' })), JSON.stringify(call({ ID: 'nan', WaitDuration: 'nan' })), JSON.stringify(call({ ID: 'huge', WaitDuration: '1e+30' })),
        JSON.stringify(call({ ID: 'long', CallUniversalTime: '', CallUniversalTimeString: '20260115093000123' })), JSON.stringify(call({ ID: 'flag', Abandon: 7 })), JSON.stringify(call({ ID: 'last', Sequence: 2 })),
      ];
      expect(await loadText('od-calls', lines.join('\n'))).toEqual({ ...NONE, accepted: 2, quarantined: 9 });
      const rows = (await warehouse.quarantine({ limit: 100 })).toSorted((a, b) => a.line - b.line);
      expect(rows.map(({ line, reason }) => [line, reason])).toEqual([
        [2, 'bad JSON'], [3, 'bad JSON'], [5, 'missing call_id'], [6, 'bad timestamp in CallUniversalTime: 2026-13-45'], [7, 'bad number in WaitDuration: abc'], [8, 'bad number in WaitDuration: nan'],
        [9, 'bad number in WaitDuration: 1e+30'], [10, 'bad timestamp in CallUniversalTimeString: 20260115093000123'], [11, 'bad flag in Abandon: 7'],
      ]);
      expect(rows[0]).toMatchObject({ raw: '{"ID": "torn', source: 'test' });
    });

    // The first line tells which keys are usual in its file.
    test.each<[string, string, [unknown, unknown][]]>([
      ['torn', '{"ID": "torn', [['{"ID": "torn', 'bad JSON']]], ['no object', '[1,2]', [['[1,2]', 'bad JSON']]], ['no JSON', 'ID;Sequence', [['ID;Sequence', 'bad JSON']]],
      ['without keys', '{}', [['{}', 'missing tenant']]], ['empty', '', []], ['no UTF-8', '{"ID":"\u00ff"}', [[expect.stringContaining('{"ID":'), expect.any(String)]]],
    ])('a first line that is %s hides nothing of the others', async (_name, first, refused) => {
      const file = join(folder, `first ${++files}.ndjson`);
      const good = call({ ID: 'good', Sequence: 1 });
      writeFileSync(file, [first, JSON.stringify(good), '{"ID": "torn too', JSON.stringify({ ...good, ID: 'more', surprise: 'kept' })].join('\n'), 'latin1');
      expect(await warehouse.load({ loadId: `first-${files}`, source: 'test', file, mapping: 'od-calls' })).toEqual({ ...NONE, accepted: 2, quarantined: 1 + refused.length });
      const kept = (await warehouse.quarantine({ limit: 9 })).toSorted((a, b) => a.line - b.line).map((row) => [row.line, row.raw, row.reason]);
      expect(kept).toEqual([...refused.map(([raw, reason]) => [1, raw, reason]), [3, '{"ID": "torn too', 'bad JSON']]);
      expect(await engine.query({ sql: 'SELECT call_id, extra::VARCHAR AS extra FROM store.calls ORDER BY call_id' })).toMatchObject([{ call_id: 'good', extra: null }, { call_id: 'more', extra: expect.stringContaining('"surprise"') }]);
    });

    test('a byte order mark before the first line is no part of it', async () => {
      expect(await loadText('od-calls', `\uFEFF${JSON.stringify(call({ ID: 'A', Sequence: 1 }))}\n${JSON.stringify(call({ ID: 'B', Sequence: 1 }))}\n`)).toEqual({ ...NONE, accepted: 2 });
    });

    test('hostile texts are only texts', async () => {
      const texts = ["'; DROP TABLE store.calls; --", '"', '\\', '$secret', '{{x}}', '\u0000', '\u2028', 'é😀', '%', '../..', 'NULL', '\t;,|', 'x'.repeat(5000)];
      const rows = texts.map((text, index) => call({ ID: `h${index}-${text}`, ANI: text, Memo: text, FirstQueue: text, FirstAgent: text, FirstCampaign: text, Comments: text, CustomerID: text, surprise: text }));
      expect(await loadRows('od-calls', rows)).toEqual({ ...NONE, accepted: texts.length });
      const stored = await engine.query<{ memo: string; comments: string; extra: string; tenant: string }>({ sql: 'SELECT memo, comments, tenant, extra::VARCHAR AS extra FROM store.calls' });
      expect(new Set(stored.map(({ memo }) => memo))).toEqual(new Set(texts));
      expect(stored.every((row) => row.comments === row.memo && row.tenant === row.memo)).toBe(true);
      expect(new Set(stored.map(({ extra }) => String(Reflect.get(JSON.parse(extra), 'surprise'))))).toEqual(new Set(texts));
    });

    test('tenants, sites and targets are frozen from the period of validity; recycled numbers keep theirs', async () => {
      await loadRows('od-calls', [call({ ID: 'A', Sequence: 1 }), call({ ID: 'B', Sequence: 1, CallUniversalTime: '2026-02-15 09:30:00.000' }), call({ ID: 'C', Sequence: 1, CustomerID: 77, FirstQueue: 999 })]);
      expect(await calls('call_id, tenant, site, target_s, short_abandon_s')).toEqual([
        { call_id: 'A', tenant: 'ocm', site: 'douala', target_s: 20, short_abandon_s: 5 }, { call_id: 'B', tenant: 'ocm', site: 'lille', target_s: 30, short_abandon_s: 3 },
        { call_id: 'C', tenant: '77', site: '', target_s: 20, short_abandon_s: 5 },
      ]);
      // A new target does not make the same row a new one.
      await warehouse.syncDimensions({ ...DIMENSIONS, version: 2, queues: [] });
      expect(await loadRows('od-calls', [call({ ID: 'A', Sequence: 1 })])).toEqual({ ...NONE, unchanged: 1 });
    });

    test('conventions of the wild: no queue, no agent, prefixed agents, negative waits, fractions', async () => {
      await loadRows('od-calls', [
        call({ ID: 'A', FirstQueue: -1, LastQueue: 0, FirstAgent: 'S0', LastAgent: '' }), call({ ID: 'B', FirstAgent: 'S1204', LastAgent: 'S1205', WaitDuration: -3, ConvDuration: '59.9' }),
      ]);
      expect(await calls('first_queue, last_queue, first_agent, last_agent, wait_s, talk_s, queued, answered, transferred')).toEqual([
        { first_queue: '', last_queue: '', first_agent: '', last_agent: '', wait_s: 8, talk_s: 100, queued: false, answered: false, transferred: false },
        { first_queue: '101', last_queue: '101', first_agent: '1204', last_agent: '1205', wait_s: 0, talk_s: 59, queued: true, answered: true, transferred: true },
      ]);
    });

    test('callers are keyed: one key for the spellings of a number, none for masked ones', async () => {
      await loadRows('od-calls', ['+33 6 12 34 56 78', '0033612345678', '06XXXXXX78', 'anonymous', ''].map((ANI, index) => call({ ID: `k${index}`, ANI })));
      const keys = (await calls('caller_key')).map((row) => row['caller_key']);
      expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
      expect(keys).toEqual([keys[0], keys[0], '', '', '']);
    });

    test('agent states: 17 digits and milliseconds; 14 digits are refused', async () => {
      const counts = await loadRows('od-actions', [state({}), state({ State: 99 }), state({ ActionUniversalTimeString: '20260115093000' }), state({ OriginatorType: 2 })]);
      expect(counts).toEqual({ ...NONE, accepted: 1, leftOut: 1, quarantined: 2 });
      expect(await engine.query({ sql: 'SELECT tenant, agent, site, state, reason, started_at AS at, duration_ms FROM store.agent_states' }))
        .toEqual([{ tenant: 'ocm', agent: '1204', site: 'douala', state: 'pause', reason: 'lunch', at: at('2026-01-15T23:59:58.123Z'), duration_ms: 61_500 }]);
      expect((await warehouse.quarantine({ limit: 9 })).map(({ reason }) => reason)).toEqual(['unknown value in State: 99', 'bad timestamp in ActionUniversalTimeString: 20260115093000']);
      expect(await engine.query({ sql: 'SELECT day::VARCHAR AS day FROM store.touched_days ORDER BY day' })).toEqual([{ day: '2026-01-15' }, { day: '2026-01-16' }]);
    });

    test('legs', async () => {
      expect(await loadRows('legs', [leg({ Outcome: 'in-progress', AnsweredUniversalTime: null, LeftUniversalTime: null, Sequence: 1 })])).toEqual({ ...NONE, accepted: 1 });
      expect(await loadRows('legs', [leg({ Sequence: 2 }), leg({ Leg: 2, Outcome: 'vanished' })])).toEqual({ ...NONE, updated: 1, quarantined: 1 });
      expect(await engine.query({ sql: 'SELECT queue, agent, outcome, wait_s, target_s, answered_at AS answered, derived FROM store.legs' }))
        .toEqual([{ queue: '101', agent: '1204', outcome: 'answered', wait_s: 8, target_s: 20, answered: at('2026-01-15T09:30:10Z'), derived: false }]);
    });

    test('an imported outbound call has a leg where somebody was reached, without a queue too: it is a contact of its agent', async () => {
      const text = (rows: (string | number)[][]): string => [
        'ID;CustomerID;CallType;CallUniversalTime;WaitDuration;ConvDuration;WrapupDuration;ANI;FirstQueue;FirstAgent;Abandon;CallStatusGroup;CallStatusNum',
        ...rows.map(([id, queue, agent, abandon, group, status]) => [id, 1, 2, '2026-01-15 09:30:00', 1, agent === 0 ? 0 : 60, 5, '', queue, agent, abandon, group, status].join(';')),
      ].join('\n');
      const legs = (): Promise<Row[]> => engine.query({ sql: 'SELECT call_id AS call, queue, agent, outcome, talk_s AS talk, direction, derived FROM store.legs ORDER BY call_id' });
      const leg = { talk: 60, direction: 'outbound', derived: true, outcome: 'answered' };
      await loadText('hermes-odcalls', text([
        ['by hand', '', 1204, 0, 1, 5], ['listened to a machine', '', 1204, 0, 0, 93], ['none answered', 101, 0, 0, 0, 92], ['nuisance', 101, 0, 1, 0, 89], ['own nuisance', '', 0, 1, 0, 89],
        ['not qualified', 0, 1204, 0, 0, 101], ['in a queue', 101, 'S7', 0, 1, 5], ['rings', '', 0, '', '', ''],
      ]));
      expect(await legs()).toEqual([
        { ...leg, call: 'by hand', queue: '', agent: '1204' }, { ...leg, call: 'in a queue', queue: '101', agent: '7' }, { ...leg, call: 'not qualified', queue: '', agent: '1204' },
        { ...leg, call: 'nuisance', queue: '101', agent: '', outcome: 'abandoned', talk: 0 }, { ...leg, call: 'own nuisance', queue: '', agent: '', outcome: 'abandoned', talk: 0 },
      ]);
      const measures = ['agent-contacts', 'passed', 'queued', 'answered'];
      const counted = await warehouse.kpi({ measures, by: ['agent'], from: '2026-01-15', to: '2026-01-16', zone: 'UTC', where: {} }, FULL_SCOPE);
      const of = (agent: string): unknown => measures.map((id) => Number(counted.rows.find((row) => row['agent'] === agent)?.[id] ?? 0));
      expect([of('1204'), of('7')]).toEqual([[2, 2, 0, 0], [1, 1, 0, 0]]);
      // What was said later takes the leg away, or gives one.
      await loadText('hermes-odcalls', text([['not qualified', 0, 1204, 0, 0, 92], ['rings', '', 7, 0, 1, 5]]));
      expect((await legs()).map(({ call, agent }) => [call, agent])).toEqual([['by hand', '1204'], ['in a queue', '7'], ['nuisance', ''], ['own nuisance', ''], ['rings', '7']]);
    });

    test('in any order, doubled and cut into any files, the same versions give the same table', async () => {
      const versions = ['A', 'B', 'C'].flatMap((ID, n) => [
        call({ ID, Sequence: n * 10 + 1, Abandon: null, CallStatusNum: null }), call({ ID, Sequence: n * 10 + 2, CallStatusNum: null, ConvDuration: 50 + n }),
        call({ ID, Sequence: n * 10 + 3, CallStatusNum: 5 }), call({ ID, Sequence: n * 10 + 4, CallStatusNum: 6, CallUniversalTime: `2026-01-1${n + 4} 08:00:00.000` }),
      ]);
      const content = 'call_id, row_state, source_sequence, started_at, talk_s, status_num';
      await loadRows('od-calls', versions);
      const expected = await calls(content);
      expect(expected).toHaveLength(3);
      await fc.assert(fc.asyncProperty(
        fc.shuffledSubarray([...versions, ...versions], { minLength: versions.length * 2, maxLength: versions.length * 2 }), fc.array(fc.nat(versions.length * 2), { maxLength: 4 }),
        async (rows, cuts) => {
          await engine.execute({ sql: 'DELETE FROM store.calls WHERE true' });
          const borders = [0, ...cuts.toSorted((a, b) => a - b), rows.length];
          for (let part = 1; part < borders.length; part++) await loadRows('od-calls', rows.slice(borders[part - 1], borders[part]));
          expect(await calls(content)).toEqual(expected);
        }), { numRuns: engine.name === 'duckdb' ? 8 : 2 });
    });
  });
}

/** As queries give instants. */
function at(iso: string): number {
  return Date.parse(iso);
}

const DIMENSIONS: Dimensions = {
  version: 1,
  tenants: [{ tenant: 'ocm', customerNumber: 1, name: "O'CM", zone: 'Africa/Douala' }],
  sites: [{ site: 'douala', name: 'Douala', zone: 'Africa/Douala' }, { site: 'lille', name: 'Lille', zone: 'Europe/Paris' }],
  queues: [
    { tenant: 'ocm', queue: '101', name: 'Clients', medium: 'voice', targetSeconds: 20, shortAbandonSeconds: 5, validFrom: null, validTo: null },
    { tenant: 'ocm', queue: '101', name: 'Ventes', medium: 'voice', targetSeconds: 30, shortAbandonSeconds: 3, validFrom: '2026-02-01T00:00:00Z', validTo: null },
  ],
  campaigns: [
    { tenant: 'ocm', campaign: '8000', name: 'Ancienne', site: 'douala', direction: 'inbound', validFrom: null, validTo: '2026-02-01T00:00:00Z' },
    { tenant: 'ocm', campaign: '8000', name: 'Nouvelle', site: 'lille', direction: 'inbound', validFrom: '2026-02-01T00:00:00Z', validTo: null },
  ],
  teams: [], agents: [{ tenant: 'ocm', agent: '1204', name: 'Awa', site: 'douala', validFrom: null, validTo: null }], teamMembers: [], statuses: [], pauseReasons: [],
};

function call(changes: Row): Row {
  return {
    ID: 'A', CtiID: 1, CustomerID: 1, Indice: 0, CallType: 1, CallUniversalTime: '2026-01-15 09:30:00.000', CallUniversalTimeString: '20260115093000', CallLocalTime: '2026-01-15 10:30:00.000', CallLocalTimeString: '20260115103000',
    Duration: 130, WaitDuration: 8, TotalWaitDuration: 8, ConvDuration: 100, WrapupDuration: 12, IvrDuration: 2, ANI: '0612345678', DNIS: '8000', FirstCampaign: '8000', LastCampaign: '8000',
    Closed: 0, NoAgent: 0, Overflow: 0, Abandon: 0, FirstQueue: 101, LastQueue: 101, FirstAgent: 1204, LastAgent: 1204, LastTransfer: '', CallStatusGroup: 1, CallStatusNum: 5, CallStatusDetail: 0, EndByAgent: 0, Sequence: 1, ...changes,
  };
}

function state(changes: Row): Row {
  return { CustomerID: 1, OriginatorID: 1204, OriginatorType: 1, State: 6, ActionUniversalTimeString: '20260115235958123', Duration: 61_500, SessionId: 's1', Context: 'lunch', CallID: '', Queue: 0, Campaign: '', Sequence: 1, ...changes };
}

function leg(changes: Row): Row {
  return {
    CallID: 'A', CustomerID: 1, Leg: 1, Visit: 1, Queue: 101, Agent: 1204, Campaign: '8000', EnteredUniversalTime: '2026-01-15 09:30:02.000', StartedUniversalTime: '2026-01-15 09:30:02.000', AnsweredUniversalTime: '2026-01-15 09:30:10.000',
    LeftUniversalTime: '2026-01-15 09:31:50.000', Outcome: 'answered', WaitDuration: 8, RingDuration: 3, ConvDuration: 100, HoldDuration: 0, WrapupDuration: 12, Transferred: 0, EndByAgent: 0, Sequence: 1, ...changes,
  };
}
