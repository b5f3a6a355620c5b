import type { Scenario, ScenarioStep } from '../configuration.ts';

/** A step with the text that rows carry for it: `scenario/step`. */
export interface CompiledStep {
  label: string;
  step: ScenarioStep;
}

/** A scenario by step name; a call keeps the one that it entered, so a change never breaks it in the middle. */
export interface CompiledScenario {
  start: string;
  steps: Map<string, CompiledStep>;
}

export function compileScenario(scenario: Scenario): CompiledScenario {
  return {
    start: scenario.start,
    steps: new Map(Object.entries(scenario.steps).map(([name, step]) => [name, { label: `${scenario.id}/${name}`, step }])),
  };
}

/** An own property only: choices and matches are keyed by what callers dial. */
export function chosen(choices: Record<string, string>, key: string): string | undefined {
  return Object.hasOwn(choices, key) ? choices[key] : undefined;
}
