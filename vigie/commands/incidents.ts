import type { Command } from 'commander';
import type { Incident } from '../../warehouse/operational/incidents/incident.ts';
import { zoneOf } from '../../warehouse/operational/incidents/zone-of.ts';
import type { OperationalStore } from '../../warehouse/operational/store.ts';
import { languageOfCaller, parseLanguage } from './call-file.ts';
import { actOnIncident, framed, incidentOf, openIncident, type ActOptions, type OpenOptions } from './incident-acts.ts';
import { say, severityOption, unknownType, wholeOption, type Language } from './incident-options.ts';
import { byUrgency, incidentInFull, incidentInLines, shownIncident, typeInWords } from './incident-words.ts';
import { print, withDataOption, withJsonOption } from './invocation.ts';
import { withStore } from './store-access.ts';
import { UsageError } from './usage-error.ts';

interface Common { data?: string; json?: boolean; language: Language }
interface ListOptions extends Common { past?: boolean; type?: string; severity?: string; limit: string; before?: string }
type Act = Parameters<typeof actOnIncident>[2];

const MOST_LINES = 1000;
const MOST_NUMBER = 2 ** 31 - 1;
const EVERYBODY: Incident['affects'] = { tenants: [], sites: [], queues: [], components: [] };
const NOTED = [
  { name: 'acknowledge', kind: 'acknowledged', description: 'somebody is on it' },
  { name: 'mitigate', kind: 'mitigated', description: 'it is worked around' },
  { name: 'resolve', kind: 'resolved', description: "service is back: the target's clock stops" },
  { name: 'close', kind: 'closed', description: 'nothing is to be done any more' },
] as const;

/** Where there is no screen: only the store is asked, that of the program that runs or, where none does, its own. */
export function addIncidents(program: Command): void {
  const command = program.command('incidents').description('incidents at a terminal: the open ones with the time left to their target; declare, acknowledge, comment, resolve')
    .addHelpText('after', '\nAn instant is 14:05 (of today), "2026-11-23 14:05" or 23/11/2026 14:05 in the time of the site, or ISO with an offset.\nThe program that runs on the data directory sees what is done here within a second; where none runs, mails go out and targets are watched once one does.');
  const common = (subcommand: Command): Command => withJsonOption(withDataOption(subcommand)).option('--language <en|fr>', 'of what is printed', parseLanguage, languageOfCaller());
  const several = (text: string, all: string[]): string[] => [...all, text];

  const commands = (): string => command.commands.map((each) => each.name()).join(', ');
  common(command.command('list', { isDefault: true }).description('the open ones, the gravest first').argument('[number]', 'only this one, as show does').allowExcessArguments()
    .option('--past', 'the closed ones, the newest first')
    .option('--type <slug>', 'of one type, as in vigie incidents types')
    .option('--severity <1-4>', 'of one severity; 1 = the site stands still')
    .option('--limit <n>', 'how many', '50')
    .option('--before <number>', 'the next page: those with smaller numbers'))
    .action((number: string | undefined, options: ListOptions) => {
      // Here too arrives what is no command.
      if (number !== undefined && !/^\d+$/.test(number)) throw new UsageError(say(options.language, `${JSON.stringify(number)} : il y a ${commands()}, ou le numéro d’un incident`, `${JSON.stringify(number)}: there are ${commands()}, or the number of an incident`));
      return withStore(options, 'vigie incidents list', async (store) => (number === undefined ? list(store, options) : show(store, await incidentOf(store, number, options.language), options)));
    });

  common(command.command('show').description('one incident with its log').argument('<number>'))
    .action((number: string, options: Common) => withStore(options, 'vigie incidents show', async (store) => show(store, await incidentOf(store, number, options.language), options)));

  common(command.command('types').description('the types of the catalogue, with their targets'))
    .action((options: Common) => withStore(options, 'vigie incidents types', async (store) => {
      const types = (await store.incidents.types()).filter(({ retired }) => !retired);
      print(options.json ? JSON.stringify(types) : types.map((type) => typeInWords(type, options.language)).join('\n'));
    }));

  common(command.command('open').description('declares an incident; what is left out is as the catalogue has it for its type')
    .requiredOption('--type <slug>', 'as in vigie incidents types')
    .requiredOption('--title <text>', 'what has happened, in a line')
    .option('--detected <instant>', 'when it was detected (default: now)')
    .option('--started <instant>', 'when the trouble began, if that is known')
    .option('--description <text>', 'what is known of it', '')
    .option('--severity <1-4>', '1 = the site stands still')
    .option('--target <minutes>', 'to the restoration')
    .option('--tenant <id>', 'a client that it touches; several times', several, [])
    .option('--site <id>', 'a site that it touches; several times', several, [])
    .option('--queue <number>', 'a queue that it touches; several times', several, [])
    .option('--component <name=share>', 'what stands still, and how much of it (power, sql=0.5); several times', several, [])
    .option('--by <name>', 'who declares it (default: who is logged in here)'))
    .action((options: Common & OpenOptions) => withStore(options, 'vigie incidents open', async (store) => told(store, await openIncident(store, options), options)));

  const acting = (name: string, description: string): Command => common(command.command(name).description(description).argument('<number>')
    .option('--at <instant>', 'when it happened (default: now)').option('--by <name>', 'who did it (default: who is logged in here)'));
  const perform = (number: string, act: Act, options: Common & ActOptions): Promise<void> =>
    withStore(options, 'vigie incidents', async (store) => told(store, await actOnIncident(store, number, act, options), options));
  for (const { name, kind, description } of NOTED)
    acting(name, description).option('--note <text>', 'what is to be said of it', '').action((number: string, options: Common & ActOptions & { note: string }) => perform(number, { kind, note: options.note }, options));
  acting('reopen', 'service was not back').requiredOption('--reason <text>', 'how it is known').action((number: string, options: Common & ActOptions & { reason: string }) => perform(number, { kind: 'reopened', reason: options.reason }, options));
  acting('pause', "the target's clock stands still: nothing can be done here for now").requiredOption('--reason <text>', 'whom or what is waited for').action((number: string, options: Common & ActOptions & { reason: string }) => perform(number, { kind: 'clock-paused', reason: options.reason }, options));
  acting('resume', "the target's clock runs again").option('--note <text>', 'what is to be said of it', '').action((number: string, options: Common & ActOptions & { note: string }) => perform(number, { kind: 'clock-resumed', note: options.note }, options));
  acting('comment', 'writes a comment into its log').argument('<text>').action((number: string, text: string, options: Common & ActOptions) => perform(number, { kind: 'commented', text }, options));
}

async function list(store: OperationalStore, { past = false, type, severity, limit, before, json = false, language }: ListOptions): Promise<void> {
  const { frame, configuration } = await framed(store);
  if (type !== undefined && !frame.types.has(type)) throw unknownType(type, frame, language);
  const most = wholeOption('--limit', limit, MOST_LINES, language);
  const incidents = await store.incidents.list({
    open: !past, limit: most, ...(type === undefined ? {} : { type }), ...(severity === undefined ? {} : { severity: severityOption(severity, language) }),
    ...(before === undefined ? {} : { beforeNumber: wholeOption('--before', before, MOST_NUMBER, language) }),
  });
  const nowMs = Date.now();
  const shown = incidents.map((incident) => shownIncident(incident, frame, nowMs));
  if (!past) shown.sort(byUrgency);
  if (json) {
    print(JSON.stringify(shown.map(({ incident, ...more }) => ({ ...incident, ...more, timeline: undefined }))));
    return;
  }
  const none = past ? say(language, 'Aucun incident clos', 'No closed incidents') : say(language, 'Aucun incident ouvert', 'No open incidents');
  const telling = { language, zone: zoneOf({ affects: EVERYBODY }, configuration), frame, nowMs };
  print(shown.map((each) => incidentInLines(each, telling)).join('\n') || none);
  const last = incidents.at(-1)?.number ?? 1;
  if (incidents.length === most && last > 1) print(say(language, `La suite : --before ${last}`, `The next ones: --before ${last}`));
}

async function show(store: OperationalStore, incident: Incident, { json = false, language }: Common): Promise<void> {
  const { frame, configuration } = await framed(store);
  const nowMs = Date.now();
  const shown = shownIncident(incident, frame, nowMs);
  print(json ? JSON.stringify({ ...incident, clock: shown.clock, owner: shown.owner, conferenceDueMs: shown.conferenceDueMs }) : incidentInFull(shown, { language, zone: zoneOf(incident, configuration), frame, nowMs }));
}

/** How it stands after an act: short for a reader, whole for a program. */
async function told(store: OperationalStore, incident: Incident, options: Common): Promise<void> {
  if (options.json) return show(store, incident, options);
  const { frame, configuration } = await framed(store);
  const nowMs = Date.now();
  print(incidentInLines(shownIncident(incident, frame, nowMs), { language: options.language, zone: zoneOf(incident, configuration), frame, nowMs }));
}
