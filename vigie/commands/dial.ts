import type { Command } from 'commander';
import type { Language } from '../../ingest/call-files/words.ts';
import { STANDARD_LIMITS } from '../../telephony/dialer/pacing.ts';
import { STANDARD_CAMPAIGN } from '../../telephony/dialer/study/standard-campaign.ts';
import { liveMode, WHAT_IF_MODES, type LivedMode, type WhatIf, type WhatIfMode } from '../../telephony/dialer/study/what-if.ts';
import { LARGEST_SEED } from '../configuration.ts';
import { languageOfCaller, parseLanguage } from './call-file.ts';
import { livedModesInWords, modeInWords } from './dial-words.ts';
import { configurationFor, print, withJsonOption } from './invocation.ts';
import { startProgress } from './progress.ts';
import { UsageError } from './usage-error.ts';

interface Options { contacts: string; agents: string; modes: string; seed?: string; hours?: string; limit: string; answers?: string; talk?: string; wrapup?: string; language: Language; json?: boolean }

const MOST_CONTACTS = 2_000_000;
const MOST_AGENTS = 2_000;
const MOST_HOURS = 720;
/** Machines and refusals have the rest. */
const MOST_ANSWERS = 70;
const MOST_SECONDS = 3600;
const DEFAULT_MODES = 'manual,preview,progressive,vicidial,predictive';

export function addDial(program: Command): void {
  const command = program.command('dial')
    .description('what if: lives one outbound campaign under several modes of dialing, the same contacts and agents, and prints them side by side')
    .requiredOption('--contacts <n>', 'contacts of the file')
    .requiredOption('--agents <n>', 'agents, from the first to the last hour')
    .option('--modes <names>', `some of ${WHAT_IF_MODES.join(', ')}; vicidial = its three`, DEFAULT_MODES)
    .option('--seed <n>', 'who answers and who talks how long follows from it (default: VIGIE_SEED, else 7)')
    .option('--hours <n>', `end after so many hours of calling (default: with the file, at most ${MOST_HOURS})`)
    .option('--limit <percent>', 'highest share of nuisance calls in any 24 hours', String(100 * STANDARD_LIMITS.nuisanceShare))
    .option('--answers <percent>', `dials that a person answers (default: ${100 * STANDARD_CAMPAIGN.personShare(0)})`)
    .option('--talk <seconds>', `mean talk (default: ${STANDARD_CAMPAIGN.talkMeanMs / 1000})`)
    .option('--wrapup <seconds>', `mean wrap-up (default: ${STANDARD_CAMPAIGN.wrapupMeanMs / 1000})`)
    .option('--language <en|fr>', 'of the table', parseLanguage, languageOfCaller());
  withJsonOption(command).action((options: Options) => runDial(options));
}

function runDial({ language, json, ...options }: Options): void {
  const asked: WhatIf = {
    contacts: within('--contacts', options.contacts, 1, MOST_CONTACTS),
    agents: within('--agents', options.agents, 1, MOST_AGENTS),
    seed: options.seed === undefined ? configurationFor({}).seed : within('--seed', options.seed, 0, LARGEST_SEED),
    hours: options.hours === undefined ? MOST_HOURS : within('--hours', options.hours, 0.1, MOST_HOURS, 'decimal'),
    nuisanceShare: within('--limit', options.limit, 0.1, 50, 'decimal') / 100,
    ...(options.answers === undefined ? {} : { answerShare: within('--answers', options.answers, 1, MOST_ANSWERS, 'decimal') / 100 }),
    ...(options.talk === undefined ? {} : { talkSeconds: within('--talk', options.talk, 1, MOST_SECONDS, 'decimal') }),
    ...(options.wrapup === undefined ? {} : { wrapupSeconds: within('--wrapup', options.wrapup, 0, MOST_SECONDS, 'decimal') }),
  };
  const modes = modesOf(options.modes);
  const progress = startProgress();
  const lived: LivedMode[] = [];
  try {
    for (const mode of modes) lived.push(liveMode(asked, mode, (done) => progress.show(`${lived.length + 1} / ${modes.length}  ${modeInWords(mode, language)}  ${Math.round(100 * done)} %`)));
  } finally {
    progress.done();
  }
  print(json ? JSON.stringify({ ...asked, modes: lived }) : livedModesInWords(asked, lived, language));
}

function modesOf(text: string): WhatIfMode[] {
  const names = text.split(',').map((name) => name.trim()).filter((name) => name !== '');
  const modes = names.flatMap((name) => {
    const found = WHAT_IF_MODES.filter((mode) => mode === name || (name === 'vicidial' && mode.startsWith('vicidial-')));
    if (found.length === 0) throw new UsageError(`--modes: there is no mode ${JSON.stringify(name)}; choose among ${WHAT_IF_MODES.join(', ')}, or vicidial for its three`);
    return found;
  });
  if (modes.length === 0) throw new UsageError(`--modes ${JSON.stringify(text)}: name one mode at least of ${WHAT_IF_MODES.join(', ')}`);
  return [...new Set(modes)];
}

function within(option: string, text: string, min: number, max: number, kind: 'whole' | 'decimal' = 'whole'): number {
  const number = Number(text);
  const written = kind === 'whole' ? /^\d+$/ : /^\d+(\.\d+)?$/;
  if (written.test(text) && number >= min && number <= max) return number;
  throw new UsageError(`${option} ${JSON.stringify(text)}: a ${kind === 'whole' ? 'whole ' : ''}number from ${min} to ${max} is expected`);
}
