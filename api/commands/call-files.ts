import { FIELDS, type Field } from '../../ingest/call-files/columns.ts';
import { isRefused, type Refused } from '../../ingest/call-files/desk.ts';
import { forbidTyped } from '../../ingest/call-files/forbid-numbers.ts';
import { countriesWithNumbers, countryOf } from '../../ingest/call-files/phone-numbers.ts';
import { countryOfZone } from '../../ingest/call-files/zones.ts';
import { builder } from '../builder.ts';
import type { Upload } from '../call-files/uploads.ts';
import type { ApiContext } from '../context.ts';
import { CallFile, fileOf } from '../types/call-file.ts';
import { CallFileRefusal, CallFileUpload } from '../types/call-file-upload.ts';
import { CallFileFieldEnum } from '../types/enums.ts';
import { allows } from '../viewer.ts';
import { CommandResultUnion, refused, type Outcome } from './send.ts';

const UploadResult = builder.unionType('CallFileUploadResult', { types: [CallFileUpload, CallFileRefusal], resolveType: (result: Upload | Refused) => (isRefused(result) ? CallFileRefusal : CallFileUpload) });

const ColumnFieldInput = builder.inputType('CallFileColumnField', {
  fields: (t) => ({ field: t.field({ type: CallFileFieldEnum, required: true }), column: t.string({ required: true, description: 'Empty = no column is it' }) }),
});

const Forbidden = builder.objectRef<{ added: number; known: number; wrong: string[] }>('DoNotCallResult').implement({
  fields: (t) => ({ added: t.exposeInt('added'), known: t.exposeInt('known', { description: 'Were on the list before' }), wrong: t.exposeStringList('wrong', { description: 'What is no number' }) }),
});

const MOST_TYPED = 500;
const NO_UPLOAD = 'this file is no longer here: send it again';

builder.queryFields((t) => ({
  countriesWithNumbers: t.stringList({ description: 'ISO codes', resolve: () => countriesWithNumbers() }),
  doNotCallCount: t.int({
    nullable: true,
    description: "How many numbers a client's campaigns must not dial; null = there is no such client",
    args: { tenant: t.arg.string({ required: true }) },
    resolve: (_root, { tenant }, context) => (context.callFiles && tenantInSight(tenant, context) ? context.callFiles.port.store.callFiles.listed(tenant) : null),
  }),
}));

builder.mutationFields((t) => {
  const upload = t.arg.string({ required: true });
  const id = t.arg.string({ required: true });
  return {
    mapCallFile: t.field({
      type: UploadResult,
      nullable: true,
      description: 'Reads an upload again with other columns; null = it is gone, or being imported',
      args: { upload, mapping: t.arg({ type: [ColumnFieldInput], required: true }), country: t.arg.string({ required: true }) },
      resolve: (_root, args, context) => {
        const country = countryOf(args.country);
        if (!context.callFiles?.upload(args.upload, context) || !country) return null;
        return context.callFiles.uploads.map(args.upload, fieldsOf(args.mapping), country);
      },
    }),
    importCallFile: t.field({
      type: CallFileUpload,
      nullable: true,
      description: 'Begins the import of an upload with the columns that were agreed on; null = it is gone, or being imported',
      args: { upload },
      resolve: (_root, args, context) => (context.callFiles?.upload(args.upload, context) ? context.callFiles.uploads.begin(args.upload, context.viewer.name) : null),
    }),
    discardCallFile: t.field({
      type: CommandResultUnion,
      description: 'Throws an upload away and stops its import, which has then loaded nothing; one that is all but done goes on',
      args: { upload },
      resolve: (_root, args, context) => outcome(context.callFiles?.upload(args.upload, context) !== undefined && context.callFiles.uploads.discard(args.upload), 'unknown-upload', NO_UPLOAD),
    }),
    pauseCallFile: t.field({
      type: CallFile,
      nullable: true,
      description: 'A paused file is not dialed; what was taken of it goes on',
      args: { id, paused: t.arg.boolean({ required: true }) },
      resolve: async (_root, args, context) => {
        const file = await fileOf(args.id, context);
        if (!file || !context.callFiles) return null;
        await context.callFiles.port.store.callFiles.setPaused(file.id, args.paused);
        return fileOf(args.id, context);
      },
    }),
    deleteCallFile: t.field({
      type: CommandResultUnion,
      description: 'Takes a file out that was never dialed',
      args: { id },
      resolve: async (_root, args, context) => {
        const file = await fileOf(args.id, context);
        if (!file || !context.callFiles) return refused('unknown-file', `there is no call file ${args.id}`);
        return outcome(await context.callFiles.port.store.callFiles.remove(file.id), 'dialed', 'contacts of this file were dialed: pause it instead');
      },
    }),
    addDoNotCall: t.field({
      type: Forbidden,
      nullable: true,
      description: `At most ${MOST_TYPED} numbers; null = there is no such client`,
      args: { tenant: t.arg.string({ required: true }), numbers: t.arg.stringList({ required: true }) },
      resolve: (_root, { tenant, numbers }, context) => {
        const row = tenantInSight(tenant, context);
        const country = countryOf(row ? (countryOfZone(row.zone) ?? 'FR') : '');
        if (!row || !country || !context.callFiles) return null;
        return forbidTyped(context.callFiles.port.store.contacts, { texts: numbers.slice(0, MOST_TYPED), tenant, country, source: context.viewer.name });
      },
    }),
  };
});

function fieldsOf(mapping: readonly { field: Field; column: string }[]): Partial<Record<Field, string>> {
  // What is not named is no column: the reader has seen them all.
  return Object.fromEntries(FIELDS.map((field) => [field, mapping.find((entry) => entry.field === field)?.column ?? '']));
}

function tenantInSight(id: string, { directory, viewer: { scope } }: ApiContext): { zone: string } | undefined {
  return scope.teams === 'all' && allows(scope.tenants, id) ? directory.configuration().tenants.find((row) => row.id === id) : undefined;
}

function outcome(done: boolean, code: string, reason: string): Outcome {
  return done ? { ok: true } : refused(code, reason);
}
