import { builder } from '../builder.ts';
import type { Check, Import, Upload as Row } from '../call-files/uploads.ts';
import { FIELDS } from '../../ingest/call-files/columns.ts';
import type { Refused } from '../../ingest/call-files/desk.ts';
import { CallFileRefused } from '../../ingest/call-files/refusal.ts';
import { reasonInWords, refusalInWords } from '../../ingest/call-files/words.ts';
import { CallFile, RejectedReason, fileOf } from './call-file.ts';
import { CallFileFieldEnum, ImportStageEnum, LanguageEnum } from './enums.ts';

/** Examples of a column come from the first rows. */
const EXAMPLES = 3;

export const CallFileRefusal = builder.objectRef<Refused>('CallFileRefusal').implement({
  description: 'Why a file, or a mapping of its columns, is not taken',
  fields: (t) => ({
    code: t.exposeString('refused'),
    reason: t.string({ args: { language: t.arg({ type: LanguageEnum, required: true }) }, description: 'In words fit for the screen', resolve: ({ refused, detail }, { language }) => refusalInWords(new CallFileRefused(refused, detail), language) }),
  }),
});

const Column = builder.objectRef<{ name: string; field: (typeof FIELDS)[number] | null; examples: string[] }>('CallFileColumn').implement({
  fields: (t) => ({
    name: t.exposeString('name'),
    field: t.expose('field', { type: CallFileFieldEnum, nullable: true, description: 'What it is taken for; null = it is kept as it is' }),
    examples: t.exposeStringList('examples'),
  }),
});

const PreviewRow = builder.objectRef<Row['preview']['rows'][number]>('PreviewRow').implement({
  fields: (t) => ({
    line: t.exposeInt('line'),
    cells: t.exposeStringList('cells'),
    number: t.exposeString('number', { nullable: true, description: 'As it would be dialed, E.164' }),
    zone: t.exposeString('zone', { nullable: true }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why the row would be rejected' }),
    words: t.string({ nullable: true, args: { language: t.arg({ type: LanguageEnum, required: true }) }, resolve: ({ reason }, { language }) => (reason === null ? null : reasonInWords(reason, language)) }),
  }),
});

const CallFileCheck = builder.objectRef<Check>('CallFileCheck').implement({
  description: "Every row's verdict, but for what only the import knows: other files and the do-not-call list",
  fields: (t) => ({
    done: t.boolean({ resolve: ({ counts, refused, failed }) => counts !== null || refused !== null || failed }),
    rows: t.exposeInt('rows', { description: 'Read until now' }),
    contacts: t.int({ nullable: true, description: 'Rows that would be contacts', resolve: ({ counts }) => counts?.contacts ?? null }),
    reasons: t.field({ type: [RejectedReason], resolve: ({ counts, examples }) => Object.entries(counts?.reasons ?? {}).map(([reason, rows]) => ({ reason, rows, examples: Object.entries(examples).find(([of]) => of === reason)?.[1] ?? [] })).sort((a, b) => b.rows - a.rows) }),
    refusal: t.expose('refused', { type: CallFileRefusal, nullable: true }),
    failed: t.exposeBoolean('failed'),
  }),
});

const CallFileImport = builder.objectRef<Import>('CallFileImport').implement({
  fields: (t) => ({
    stage: t.expose('stage', { type: ImportStageEnum }),
    rows: t.exposeInt('rows', { description: 'Read until now' }),
    file: t.field({ type: CallFile, nullable: true, description: 'When it is done', resolve: ({ file }, _args, context) => (file === null ? null : fileOf(String(file), context)) }),
    refusal: t.expose('refused', { type: CallFileRefusal, nullable: true }),
  }),
});

export const CallFileUpload = builder.objectRef<Row>('CallFileUpload').implement({
  description: 'A file that was sent: what it holds, and how far its import is',
  fields: (t) => ({
    id: t.exposeString('id'),
    name: t.exposeString('name'),
    campaign: t.exposeString('campaign'),
    bytes: t.exposeFloat('bytes'),
    format: t.string({ description: 'csv or xlsx', resolve: ({ preview }) => preview.format }),
    encoding: t.string({ nullable: true, description: 'Of text', resolve: ({ preview }) => preview.encoding }),
    delimiter: t.string({ nullable: true, description: 'Of text', resolve: ({ preview }) => preview.delimiter }),
    country: t.exposeString('country', { description: 'Of numbers without a country code' }),
    columns: t.field({ type: [Column], complexity: { multiplier: 20 }, resolve: ({ preview }) => columnsOf(preview) }),
    rows: t.field({ type: [PreviewRow], complexity: { multiplier: 20 }, description: 'The first ones', resolve: ({ preview }) => preview.rows.map((row) => ({ ...row, cells: row.cells.slice(0, preview.header.length).map((cell) => cell.slice(0, 200)) })) }),
    check: t.expose('check', { type: CallFileCheck, nullable: true, description: 'Null while no column holds the number' }),
    import: t.expose('import', { type: CallFileImport, nullable: true, description: 'Null until it is begun' }),
  }),
});

builder.queryFields((t) => ({
  callFileUpload: t.field({
    type: CallFileUpload,
    nullable: true,
    description: 'Null: it was discarded, or the server was started again',
    args: { id: t.arg.string({ required: true }) },
    resolve: (_root, { id }, context) => context.callFiles?.upload(id, context) ?? null,
  }),
}));

function columnsOf({ header, mapping, rows }: Row['preview']): { name: string; field: (typeof FIELDS)[number] | null; examples: string[] }[] {
  return header.map((name, index) => ({
    name,
    field: FIELDS.find((field) => mapping[field] === name) ?? null,
    examples: rows.map(({ cells }) => (cells[index] ?? '').slice(0, 80)).filter((cell) => cell !== '').slice(0, EXAMPLES),
  }));
}
