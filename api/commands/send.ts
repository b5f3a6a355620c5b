import { commandSchema, type Command } from '../../telephony/commands.ts';
import type { z } from 'zod';
import { builder } from '../builder.ts';
import type { ApiContext } from '../context.ts';
import { allows, directs } from '../viewer.ts';

/** What was done, or why not. */
export type Outcome = { ok: true } | { ok: false; code: string; reason: string };

const CommandDone = builder.objectRef<{ ok: true }>('CommandDone').implement({
  fields: (t) => ({ ok: t.boolean({ resolve: () => true }) }),
});

const CommandRefused = builder.objectRef<Extract<Outcome, { ok: false }>>('CommandRefused').implement({
  description: 'The state of the floor does not allow the command',
  fields: (t) => ({ code: t.exposeString('code'), reason: t.exposeString('reason', { description: 'In words fit for the screen' }) }),
});

export const CommandResultUnion = builder.unionType('CommandResult', {
  types: [CommandDone, CommandRefused],
  resolveType: (outcome) => (outcome.ok ? CommandDone : CommandRefused),
});

/** Checks a command, and that its agent is in the viewer's sight, and hands it to the core. */
export async function send(draft: z.input<typeof commandSchema>, context: Pick<ApiContext, 'core' | 'directory' | 'viewer'>): Promise<Outcome> {
  const parsed = commandSchema.safeParse(draft);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return refused('invalid', `${issue?.path.join('.') ?? 'command'}: ${issue?.message ?? 'not valid'}`);
  }
  const hidden = outOfSight(parsed.data, context);
  if (hidden) return hidden;
  return context.core.command(parsed.data);
}

/** Ids travel as text in GraphQL, agents and queues are numbers on the floor; what is no number is 0, which no schema takes. */
export function numberOf(id: string): number {
  return /^[1-9]\d{0,9}$/.test(id) ? Number(id) : 0;
}

function outOfSight(command: Command, { directory, viewer: { scope } }: Pick<ApiContext, 'directory' | 'viewer'>): Outcome | null {
  if ('campaign' in command && 'supervisor' in command) {
    const campaign = directory.campaign(command.campaign);
    // One that the directory does not know is the core's to refuse.
    return !campaign || directs(scope, campaign) ? null : refused('unknown-campaign', `there is no campaign ${command.campaign}`);
  }
  if (!('agent' in command)) {
    if (command.to !== 'all' && 'agent' in command.to) return outOfSightAgent(command.to.agent, directory, scope);
    if (command.to === 'all') return scope.tenants === 'all' && scope.sites === 'all' && scope.teams === 'all' ? null : refused('no-target', 'a message to everybody needs sight of everybody');
    return allows(scope.teams, command.to.team) ? null : refused('unknown-team', `there is no team ${command.to.team}`);
  }
  return outOfSightAgent(command.agent, directory, scope);
}

function outOfSightAgent(number: number, directory: ApiContext['directory'], scope: ApiContext['viewer']['scope']): Outcome | null {
  // An agent that the directory does not know is the core's to refuse.
  const agent = directory.agent(number);
  if (!agent) return null;
  const seen = allows(scope.tenants, agent.tenant) && allows(scope.sites, agent.site) && (scope.teams === 'all' || agent.teams.some((team) => allows(scope.teams, team)));
  return seen ? null : refused('unknown-agent', `there is no agent ${number}`);
}

export function refused(code: string, reason: string): Outcome {
  return { ok: false, code, reason };
}
