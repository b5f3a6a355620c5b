import { GraphQLError } from 'graphql';
import { z } from 'zod';
import { builder } from '../builder.ts';
import { asPublished } from '../live/projection.ts';
import { STUDY_MODES, type StudiedMode, type StudyProgress } from '../ports.ts';
import { StudyModeEnum, StudyStateEnum } from './enums.ts';

/** What one study may ask for: some tens of seconds of a processor. */
const questionSchema = z.object({
  contacts: z.number().int().min(1).max(300_000),
  agents: z.number().int().min(1).max(300),
  modes: z.array(z.enum(STUDY_MODES)).min(1).transform((modes) => [...new Set(modes)]),
  seed: z.number().int().min(0),
  nuisanceShare: z.number().min(0.001).max(0.2),
  answerShare: z.number().min(0.01).max(0.7),
  talkSeconds: z.number().min(5).max(3600),
  wrapupSeconds: z.number().min(0).max(1800),
});

const StudiedModeType = builder.objectRef<StudiedMode>('StudiedMode').implement({
  description: 'What one mode came to; null = too few answered to say',
  fields: (t) => ({
    mode: t.expose('mode', { type: StudyModeEnum }),
    hours: t.exposeFloat('hours', { description: 'Of calling, one after the other' }),
    contactsDialed: t.exposeInt('contactsDialed'),
    contactsLeft: t.exposeInt('contactsLeft'),
    talkMinutesPerHour: t.exposeFloat('talkMinutesPerHour'),
    busyShare: t.exposeFloat('busyShare', { description: 'Talk and wrap-up over logged time' }),
    waitSeconds: t.exposeFloat('waitSeconds', { nullable: true, description: 'Of an agent, between two calls' }),
    nuisanceShare: t.exposeFloat('nuisanceShare', { nullable: true }),
    worstDayShare: t.exposeFloat('worstDayShare', { nullable: true, description: 'Highest share of nuisance calls in 24 hours, from the 200th answer on' }),
    nuisances: t.exposeInt('nuisances'),
    takenForMachine: t.exposeInt('takenForMachine'),
    contactsPerHour: t.exposeFloat('contactsPerHour'),
    lines: t.exposeFloat('lines', { description: 'In use, on average' }),
    peakLines: t.exposeInt('peakLines'),
  }),
});

const StudyProgressType = builder.objectRef<StudyProgress>('StudyProgress').implement({
  fields: (t) => ({
    state: t.expose('state', { type: StudyStateEnum }),
    ahead: t.exposeInt('ahead', { description: 'Studies before this one' }),
    mode: t.expose('mode', { type: StudyModeEnum, nullable: true, description: 'The mode that is being lived' }),
    done: t.exposeFloat('done', { description: 'Of the whole, 0 to 1' }),
    modes: t.expose('modes', { type: [StudiedModeType], description: 'Those that are lived, in the order of the question' }),
  }),
});

builder.subscriptionField('study', (t) =>
  t.field({
    type: StudyProgressType,
    description: 'What if: lives one outbound campaign under several modes of dialing, with the same contacts and agents; one study at a time, and it ends when nobody watches it any more',
    complexity: { field: 1000, multiplier: 1 },
    args: {
      contacts: t.arg.int({ required: true, description: 'At most 300,000' }),
      agents: t.arg.int({ required: true, description: 'At most 300' }),
      modes: t.arg({ type: [StudyModeEnum], required: true }),
      seed: t.arg.int({ required: true }),
      nuisanceShare: t.arg.float({ required: true, description: 'Limit, 0.001 to 0.2' }),
      answerShare: t.arg.float({ required: true, description: 'Dials that a person answers, 0.01 to 0.7' }),
      talkSeconds: t.arg.float({ required: true }),
      wrapupSeconds: t.arg.float({ required: true }),
    },
    subscribe: (_root, args, { study }) => {
      const question = questionSchema.safeParse(args);
      if (!question.success) {
        const [issue] = question.error.issues;
        throw new GraphQLError(`${issue?.path.join('.') ?? 'study'}: ${issue?.message ?? 'not valid'}`, { extensions: { code: 'INVALID_QUERY' } });
      }
      const progress = study.study(question.data);
      if (!progress) throw new GraphQLError('too many studies wait already: try again later', { extensions: { code: 'TOO_MANY' } });
      return progress;
    },
    resolve: asPublished<StudyProgress>,
  }),
);
