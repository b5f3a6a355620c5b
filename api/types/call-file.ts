import { builder } from '../builder.ts';
import { fileInSight } from '../call-files/sight.ts';
import type { ApiContext } from '../context.ts';
import { CONTACT_STATES, type CallFile as Row } from '../../warehouse/operational/contacts/call-files.ts';
import { reasonInWords } from '../../ingest/call-files/words.ts';
import { CallFileStatusEnum, LanguageEnum } from './enums.ts';

const ContactStates = builder.objectRef<Row['states']>('ContactStates').implement({
  description: 'How many contacts stand where; they add up to the accepted rows',
  fields: (t) => Object.fromEntries(CONTACT_STATES.map((state) => [camel(state), t.int({ resolve: (states) => states[state] })])),
});

const Example = builder.objectRef<{ line: number; detail: string }>('RejectedExample').implement({
  fields: (t) => ({ line: t.exposeInt('line', { description: 'Row of the file, the header being 1' }), detail: t.exposeString('detail', { description: 'The value that is wrong' }) }),
});

export const RejectedReason = builder.objectRef<{ reason: string; rows: number; examples: { line: number; detail: string }[] }>('RejectedReason').implement({
  fields: (t) => ({
    reason: t.exposeString('reason', { description: 'As a code; the file of rejected rows has it in words' }),
    words: t.string({ args: { language: t.arg({ type: LanguageEnum, required: true }) }, resolve: ({ reason }, { language }) => reasonInWords(reason, language) }),
    rows: t.exposeInt('rows'),
    examples: t.expose('examples', { type: [Example] }),
  }),
});

const AttemptResult = builder.objectRef<{ result: string; attempts: number }>('AttemptResult').implement({
  fields: (t) => ({ result: t.exposeString('result'), attempts: t.exposeInt('attempts') }),
});

export const CallFile = builder.objectRef<Row>('CallFile').implement({
  description: 'A file of contacts, with what has become of it',
  fields: (t) => ({
    id: t.string({ resolve: ({ id }) => String(id) }),
    name: t.exposeString('name'),
    campaign: t.exposeString('campaign'),
    tenant: t.exposeString('tenant'),
    status: t.expose('status', { type: CallFileStatusEnum }),
    rows: t.exposeInt('rows', { description: 'Accepted and rejected' }),
    accepted: t.exposeInt('accepted'),
    rejected: t.exposeInt('rejected'),
    loadedAt: t.expose('loadedAt', { type: 'DateTime' }),
    loadedBy: t.exposeString('by'),
    states: t.expose('states', { type: ContactStates }),
    attempted: t.exposeInt('attempted', { description: 'Contacts that were dialed at least once' }),
    reached: t.exposeInt('reached', { description: 'Contacts that were spoken to' }),
    penetration: t.float({ nullable: true, description: 'Dialed contacts of all; null = there is none', resolve: ({ attempted, accepted }) => (accepted === 0 ? null : attempted / accepted) }),
    reasons: t.field({ type: [RejectedReason], complexity: 50, description: 'Why rows were rejected, the most frequent first', resolve: ({ id, rejected }, _args, { callFiles }) => (rejected === 0 || !callFiles ? [] : callFiles.port.store.callFiles.reasons(id)) }),
    results: t.field({ type: [AttemptResult], complexity: 50, description: 'What attempts came to, the most frequent first', resolve: ({ id, attempted }, _args, { callFiles }) => (attempted === 0 || !callFiles ? [] : callFiles.port.store.callFiles.results(id)) }),
  }),
});

builder.queryFields((t) => ({
  callFiles: t.field({
    type: [CallFile],
    complexity: { field: 50, multiplier: 50 },
    description: 'The newest first',
    args: { campaign: t.arg.string() },
    resolve: async (_root, { campaign }, context) => {
      const files = await context.callFiles?.port.store.callFiles.list(campaign === null || campaign === undefined ? {} : { campaign });
      return (files ?? []).filter((file) => fileInSight(file, context));
    },
  }),
  callFile: t.field({ type: CallFile, nullable: true, args: { id: t.arg.string({ required: true }) }, resolve: (_root, { id }, context) => fileOf(id, context) }),
}));

/** A file by its number, if it is in sight. */
export async function fileOf(id: string, context: ApiContext): Promise<Row | null> {
  if (!context.callFiles || !/^\d{1,9}$/.test(id)) return null;
  const [file] = await context.callFiles.port.store.callFiles.list({ id: Number(id) });
  return file && fileInSight(file, context) ? file : null;
}

function camel(state: string): string {
  return state.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
