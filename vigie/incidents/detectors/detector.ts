import { z } from 'zod';
import type { Affects, Evidence, Severity } from '../../../warehouse/operational/incidents/events.ts';

/** What a detector says of one thing that it looks at: a site, a gateway, a disk. */
export interface Finding {
  /** Which thing; each has an incident of its own. */
  key: string;
  firing: boolean;
  evidence: Pick<Evidence, 'values' | 'textFr' | 'textEn'>;
  affects: Partial<Affects>;
}

/** There is nothing to look at: neither good nor bad news. */
export interface Unseen {
  /** `off` until somebody configures it; `waiting` until it can be said. */
  unseen: 'not-configured' | 'waiting';
  reason: string;
}

/** How every detector is tuned, whatever it looks at. */
export const tuning = (preset: { holdSeconds: number; clearSeconds: number; reopenMinutes?: number; severity: Severity }) => ({
  /** The condition must hold for so long before an incident opens. */
  holdSeconds: z.number().min(0).max(86_400).default(preset.holdSeconds),
  /** It must be gone for so long before it counts as gone. */
  clearSeconds: z.number().min(0).max(86_400).default(preset.clearSeconds),
  /** Back within this time it is the same incident. */
  reopenMinutes: z.number().min(0).max(10_080).default(preset.reopenMinutes ?? 60),
  /** Whether the incident counts as resolved when the condition is gone; else a person says so. */
  resolves: z.boolean().default(true),
  severity: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]).default(preset.severity),
});
export type Tuning = z.output<z.ZodObject<ReturnType<typeof tuning>>>;

/** A pure check over observed facts, and what an incident of it is. */
export interface Detector<Settings extends Tuning, Facts> {
  /** A slug: it stands in the evidence. */
  name: string;
  /** Of the catalogue. */
  type: string;
  titleFr: string;
  titleEn: string;
  /** How often it looks. */
  everySeconds: number;
  settings: z.ZodType<Settings>;
  check(facts: Facts, settings: Settings): Finding[];
}

/** Gathers what a detector needs. A throw means that the detector itself fails. */
export type Observer<Settings, Facts> = (settings: Settings) => Promise<Facts | Unseen>;

/** A detector with its observer, as those see it who look at all of them. */
export interface Watching {
  name: string;
  type: string;
  titleFr: string;
  titleEn: string;
  everySeconds: number;
  /** @throws ZodError where the stored settings are wrong. */
  tuning(stored: unknown): Tuning;
  /** All of them, as they are set; what was set wrong is as usual. */
  parameters(stored: unknown): Record<string, number | string | boolean>;
  look(stored: unknown): Promise<Finding[] | Unseen>;
}

export function watching<Settings extends Tuning, Facts extends object>(detector: Detector<Settings, Facts>, observe: Observer<Settings, Facts>): Watching {
  const { name, type, titleFr, titleEn, everySeconds, settings: schema } = detector;
  return {
    name, type, titleFr, titleEn, everySeconds,
    tuning: (stored) => schema.parse(stored ?? {}),
    parameters: (stored) => parametersSchema.parse(schema.safeParse(stored ?? {}).data ?? schema.parse({})),
    async look(stored) {
      const settings = schema.parse(stored ?? {});
      const facts = await observe(settings);
      return isUnseen(facts) ? facts : detector.check(facts, settings);
    },
  };
}

const parametersSchema = z.record(z.string(), z.union([z.number(), z.string(), z.boolean()]));

export function isUnseen(facts: object): facts is Unseen {
  return 'unseen' in facts;
}

/** For evidence: one digit behind the point where it tells something. */
export function rounded(value: number): number {
  return Math.abs(value) >= 100 ? Math.round(value) : Math.round(value * 10) / 10;
}
