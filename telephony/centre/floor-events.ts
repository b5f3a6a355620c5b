import type { AutomatonEvents } from '../views.ts';

/** One listener that tells several, in their order. Only the events that somebody wants are there: the automaton skips the others. */
export function tellAll(...listeners: readonly AutomatonEvents[]): AutomatonEvents {
  const all: AutomatonEvents = {};
  const want = <K extends keyof AutomatonEvents>(name: K): boolean => listeners.some((listener) => listener[name] !== undefined);
  if (want('callStarted')) all.callStarted = (call) => { for (const to of listeners) to.callStarted?.(call); };
  if (want('dialed')) all.dialed = (call) => { for (const to of listeners) to.dialed?.(call); };
  if (want('previewed')) all.previewed = (agent, contact) => { for (const to of listeners) to.previewed?.(agent, contact); };
  if (want('nuisance')) all.nuisance = (call) => { for (const to of listeners) to.nuisance?.(call); };
  if (want('prompted')) all.prompted = (call, step, attempt) => { for (const to of listeners) to.prompted?.(call, step, attempt); };
  if (want('queued')) all.queued = (call, queue, position) => { for (const to of listeners) to.queued?.(call, queue, position); };
  if (want('ringing')) all.ringing = (agent, call) => { for (const to of listeners) to.ringing?.(agent, call); };
  if (want('rerouted')) all.rerouted = (agent, call) => { for (const to of listeners) to.rerouted?.(agent, call); };
  if (want('overflowed')) all.overflowed = (call, from, to) => { for (const listener of listeners) listener.overflowed?.(call, from, to); };
  if (want('connected')) all.connected = (agent, call) => { for (const to of listeners) to.connected?.(agent, call); };
  if (want('consultationEnded')) all.consultationEnded = (agent, call) => { for (const to of listeners) to.consultationEnded?.(agent, call); };
  if (want('transferred')) all.transferred = (call, from, mode) => { for (const to of listeners) to.transferred?.(call, from, mode); };
  if (want('wrapupBegun')) all.wrapupBegun = (agent, callId) => { for (const to of listeners) to.wrapupBegun?.(agent, callId); };
  if (want('agentStateChanged')) all.agentStateChanged = (agent) => { for (const to of listeners) to.agentStateChanged?.(agent); };
  if (want('figuresChanged')) all.figuresChanged = (agent) => { for (const to of listeners) to.figuresChanged?.(agent); };
  if (want('callEnded')) all.callEnded = (call, reason) => { for (const to of listeners) to.callEnded?.(call, reason); };
  if (want('messageSent')) all.messageSent = (message, agents) => { for (const to of listeners) to.messageSent?.(message, agents); };
  return all;
}
