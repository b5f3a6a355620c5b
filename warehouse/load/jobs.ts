import type { LoadPlan } from '../load-plan.ts';
import type { LoadJob } from '../warehouse.ts';

/** A job's plan: its mapping's, with what the job itself says of legs. */
export function planOf(planFor: (mapping: string | object) => LoadPlan, job: LoadJob): LoadPlan {
  const plan = planFor(job.mapping);
  return plan.target === 'calls' && job.deriveLegs !== undefined ? { ...plan, deriveLegs: job.deriveLegs } : plan;
}

/** Whether files can be one load: of one source, through one mapping, lines that stand for themselves. */
export function alike(planFor: (mapping: string | object) => LoadPlan, jobs: LoadJob[]): boolean {
  const [first] = jobs;
  if (first === undefined) return false;
  const plan = planFor(first.mapping);
  return plan.source.format === 'ndjson' && plan.group === undefined && jobs.every((job) => (['source', 'mapping', 'tenant', 'deriveLegs'] as const).every((name) => job[name] === first[name]));
}
