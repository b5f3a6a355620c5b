import fc from 'fast-check';
import { execute, GraphQLObjectType, getNamedType, isObjectType, parse, validate, type ExecutionArgs, type GraphQLOutputType } from 'graphql';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { FULL_SCOPE } from '../../warehouse/warehouse.ts';
import { openDirectory } from '../directory.ts';
import { HOSTILE } from '../fixtures/hostile.ts';
import { openRealFloor } from '../fixtures/real-floor.ts';
import type { StripIncident } from '../incidents/strip-board.ts';
import { schema } from '../schema.ts';
import { drawBoard, type Board } from './board.ts';
import type { BoardFigures, QueueFigures } from './figures.ts';
import { foldLive } from './fold.ts';
import { AnswerBytes } from './answer-bytes.ts';
import { createProjections, type Projection } from './projection.ts';
import { sightOf } from './sight.ts';

const START = Date.parse('2026-03-02T09:00:00Z');

/** Boards of a busy morning, a few seconds apart; the second views share objects with the first. */
async function realBoards(): Promise<Board[]> {
  const floor = openRealFloor(START);
  const directory = await openDirectory(floor.directory, floor.clock);
  const fold = foldLive(floor.live, pino({ level: 'silent' }));
  const boards: Board[] = [];
  for (const minute of [0, 30, 30.05, 30.1]) {
    floor.liveUntil(START + minute * 60_000);
    const nowMs = floor.clock.nowMs();
    for (const filter of [{}, { site: ['lille'] }, { team: ['personne'] }])
      for (const figures of [null, FIGURES])
        boards.push(drawBoard({ nowMs, zone: 'Africa/Douala', dayFromMs: START, state: fold.state(), connected: true, figures, incidents: INCIDENTS, sight: sightOf(FULL_SCOPE, filter, directory, nowMs), directory }));
  }
  fold.close();
  directory.close();
  return boards;
}

const QUEUE: QueueFigures = { queued: 12, answered: 11, abandoned: 1, serviceLevel: 0.9166666666666666, serviceLevel30: null, abandonmentRate: 1 / 12, asaSeconds: 1e-7, averageHandleSeconds: -0, serviceLevelTrend: [null, 1, 0.5, null] };
const FIGURES: BoardFigures = {
  loadMark: 1e21, dataAt: '2026-03-02T09:29:58.123Z', historyFrom: null,
  totals: { queued: 1, answered: 2, abandoned: 3, serviceLevel: 0.1, serviceLevel30: 0.2, abandonmentRate: null, asaSeconds: 4, averageHandleSeconds: 5, offered: 6, occupancy: 0.7 },
  lastHour: Array.from({ length: 60 }, (_, index) => ({ at: new Date(START + index * 60_000).toISOString(), offered: index, answered: 0, abandoned: 0 })),
  queue: (_tenant, queue) => (queue === '102' ? undefined : QUEUE),
};

const INCIDENTS: StripIncident[] = [
  { number: 7, state: 'acknowledged', severity: 1, title: 'SQL "ne" répond plus', titleEn: 'SQL "ne" répond plus', type: 'sql', typeFr: 'Arrêt', typeEn: 'Stop', detectedAt: '2026-03-02T09:00:00.000Z', acknowledgedAt: null, clock: { state: 'off-hours', targetMs: 900_000, leftMs: -1.5, dueAt: null, breachedAt: null }, conferenceDueAt: null, crisis: true, overdueReports: 2, longInterruption: false },
];
const boards = await realBoards();

function argsOf(source: string, variableValues?: Record<string, unknown>): ExecutionArgs {
  const document = parse(source);
  expect({ source, errors: validate(schema, document).map(String) }).toEqual({ source, errors: [] });
  return { schema, document, ...(variableValues ? { variableValues } : {}) };
}

function textOf(project: Projection | null | undefined, payload: unknown): string | null {
  const out = new AnswerBytes();
  return project?.(payload, out) ? out.copy().toString('utf8') : null;
}

async function slow(args: ExecutionArgs, payload: unknown): Promise<string> {
  return JSON.stringify(await execute({ ...args, rootValue: payload }));
}

/** Selections of a type as a client may write them: aliases, fragments, directives, repeated fields. */
function selections(type: GraphQLObjectType, depth = 0): fc.Arbitrary<string> {
  const field = fc.constantFrom(...Object.values(type.getFields()), null).chain((chosen) => {
    const inner: GraphQLOutputType | null = chosen && getNamedType(chosen.type);
    const name = chosen?.name ?? '__typename';
    const set = isObjectType(inner) ? selections(inner, depth + 1).map((text) => `{ ${text} }`) : fc.constant('');
    // An alias of its own for each field and shape: fields of one name must be able to merge.
    const alias = fc.constantFrom('', `a_${name}: `, `__proto_${name}: `, ...(name === '__typename' ? ['__proto__: ', 'toJSON: '] : []));
    return fc.tuple(alias, set, DIRECTIVES).map(([as, text, directive]) => `${as}${name} ${directive} ${text}`);
  });
  const part = depth > 2 ? field : fc.oneof(
    { weight: 6, arbitrary: field },
    { weight: 1, arbitrary: fc.tuple(DIRECTIVES, fc.constantFrom('', `on ${type.name}`), fc.array(field, { minLength: 1, maxLength: 3 })).map(([directive, on, fields]) => `... ${on} ${directive} { ${fields.join(' ')} }`) },
    { weight: 1, arbitrary: DIRECTIVES.map((directive) => `...F${type.name} ${directive}`) },
  );
  return fc.array(part, { minLength: 1, maxLength: 7 }).map((parts) => parts.join(' '));
}

const DIRECTIVES = fc.oneof(
  { weight: 5, arbitrary: fc.constant('') },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom('skip', 'include'), fc.constantFrom('$yes', '$no', '$unset', 'true', 'false')).map(([name, value]) => `@${name}(if: ${value})`) },
  { weight: 1, arbitrary: fc.constant('@skip(if: $no) @include(if: $yes)') },
);

function objectType(name: string): GraphQLObjectType {
  const type = schema.getType(name);
  if (!isObjectType(type)) throw new Error(`${name} is no object type`);
  return type;
}

const FRAGMENTS: Record<string, string> = {
  LiveBoard: '__typename zone agents { ...FLiveAgent }', LiveTotals: 'waiting __typename', LiveAgent: 'site again: since teams', LiveQueue: 'waiters { ...FLiveWaiter } name serviceLevelTrend',
  LiveWaiter: 'since priority', LiveCampaign: 'direction', LiveGateway: 'gateway refused', LiveMessage: 'text seenBy', LivePreview: 'number fields { ...FPreviewField }', PreviewField: 'value name', LiveDialer: 'mode state why { ...FPacingReason }', DialerAgents: 'ready busy', NuisanceWindow: 'share hours', RecentDialing: 'answerShare', DialingMinute: 'at readyAgents', PacingReason: 'bound risk',
  StripIncident: 'number severity clock { ...FStripClock }', StripClock: 'state leftMs',
  MinuteFlow: 'at @skip(if: $no) offered', FiguresTrouble: 'since kind',
};

function documentOf(selection: string, lead = selection): string {
  const spread = (text: string, known: Set<string>): Set<string> => {
    for (const [, name = ''] of text.matchAll(/\.\.\.F(\w+)/g)) if (!known.has(name)) spread(FRAGMENTS[name] ?? '', known.add(name));
    return known;
  };
  const fragments = [...spread(selection, new Set())].map((name) => `fragment F${name} on ${name} { ${FRAGMENTS[name]} }`);
  // All variables are used, on a field that stands in no other selection.
  return `subscription S($yes: Boolean!, $no: Boolean!, $unset: Boolean! = false, $filter: LiveFilter) { live(filter: $filter) { ${lead}
    used: __typename @skip(if: $yes) @include(if: $no) used2: __typename @skip(if: $unset) } } ${fragments.join(' ')}`;
}

test('any selection of the live schema is written byte for byte as graphql-js answers it', async () => {
  const projections = createProjections();
  const check = fc.asyncProperty(selections(objectType('LiveBoard')), fc.boolean(), fc.boolean(), fc.array(fc.constantFrom(...boards), { minLength: 1, maxLength: 3 }), async (selection, yes, no, payloads) => {
    const args = argsOf(documentOf(selection), { yes, no });
    const project = projections.compile(args);
    for (const payload of payloads) expect(textOf(project, payload)).toBe(await slow(args, payload));
  });
  await fc.assert(check, { numRuns: 150 });
}, 60_000);

const EVERYTHING = `subscription { live { ${everything(objectType('LiveBoard'))} } }`;

function everything(type: GraphQLObjectType): string {
  return Object.values(type.getFields()).map(({ name, type: of }) => {
    const inner: GraphQLOutputType = getNamedType(of);
    return isObjectType(inner) ? `${name} { ${everything(inner)} }` : name;
  }).join(' ');
}

test('every field of the live schema is a plain property', async () => {
  const args = argsOf(EVERYTHING);
  const project = createProjections().compile(args);
  expect(boards.some((board) => board.agents.length > 50 && board.queues.some((queue) => queue.waiters.length > 0))).toBe(true);
  for (const board of boards) expect(textOf(project, board)).toBe(await slow(args, board));
});

test('texts that are hostile to JSON are escaped alike', async () => {
  const args = argsOf('subscription { live { messages { text seenBy } } }');
  const messages = [...HOSTILE, '\u2028\ud800"\\\n\u0000é€😀'].map((text) => ({ text: String(text), seenBy: [String(text)] }));
  expect(textOf(createProjections().compile(args), { messages })).toBe(await slow(args, { messages }));
});

test('an object is written once for all scopes and documents that select the same of it', () => {
  let reads = 0;
  const agent = { get name() {
    reads += 1;
    return 'Awa';
  } };
  const projections = createProjections();
  const texts = ['subscription { live { agents { name } } }', 'subscription Other($no: Boolean!) { live { at agents { name site @include(if: $no) } } }']
    .map((source) => textOf(projections.compile(argsOf(source, { no: false })), { at: 'x', agents: [agent] }));
  expect(texts).toEqual(['{"data":{"live":{"agents":[{"name":"Awa"}]}}}', '{"data":{"live":{"at":"x","agents":[{"name":"Awa"}]}}}']);
  expect(reads).toBe(1);
});

test.each([
  ['a null where none may be', { zone: null }],
  ['an absent value', {}],
  ['a scalar that refuses', { zone: Symbol('zone') }],
  ['a number that is none', { zone: Number.NaN }],
  ['an object for a text', { zone: { toJSON: () => 'x' } }],
  ['a method', { zone: () => 'Europe/Paris' }],
  ['a promise', { zone: Promise.resolve('Europe/Paris') }],
  ['an error', new Error('lost')],
  ['nothing', null],
])('%s is left to graphql-js', (_name, board) => {
  expect(textOf(createProjections().compile(argsOf('subscription { live { zone } }')), board)).toBeNull();
});

test('a selection with a resolver of its own, or with arguments, is left to graphql-js', () => {
  const fields = objectType('LiveAgent').getFields();
  const args = argsOf('subscription { live { agents { name } } }');
  const before = fields['name']?.resolve;
  expect(createProjections().compile(args)).not.toBeNull();
  if (fields['name']) fields['name'].resolve = () => 'other';
  try {
    expect(createProjections().compile(args)).toBeNull();
  } finally {
    if (fields['name']) fields['name'].resolve = before;
  }
  expect(createProjections().compile({ ...args, fieldResolver: () => 'other' })).toBeNull();
});
