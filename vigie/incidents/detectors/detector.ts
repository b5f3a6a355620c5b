import { z } from 'zod';
import type { DETECTOR_REASONS } from '../../../api/ports.ts';
import type { Affects, Evidence, Severity } from '../../../warehouse/operational/incidents/events.ts';

/** What a detector says of one thing that it looks at: a site, a gateway, a disk. */
export interface Finding {
  /** Which thing; each has an incident of its own. */
  key: string;
  /** As people call it; default: its key. */
  name?: string;
  firing: boolean;
  evidence: Pick<Evidence, 'values' | 'textFr' | 'textEn'>;
  affects: Partial<Affects>;
}

/** There is nothing to look at: neither good nor bad news. */
export type Unseen = { unseen: 'not-configured'; reason: (typeof DETECTOR_REASONS)['unseen'][number] } | {
  /** Until it can be said. */
  unseen: 'waiting';
  reason: (typeof DETECTOR_REASONS)['waiting'][number];
  /** How long that takes, where it is known. */
  minutes?: number;
};

/** How every detector is tuned, whatever it looks at. */
export const tuning = (preset: { everySeconds: number; holdSeconds: number; clearSeconds: number; reopenMinutes?: number; graceMinutes?: number; severity: Severity }) => ({
  /** How often it looks. */
  everySeconds: z.number().min(1).max(3600).default(preset.everySeconds),
  /** The condition must hold for so long before an incident opens. */
  holdSeconds: z.number().min(0).max(86_400).default(preset.holdSeconds),
  /** It must be gone for so long before it counts as gone. */
  clearSeconds: z.number().min(0).max(86_400).default(preset.clearSeconds),
  /** Back within this time it is the same incident. */
  reopenMinutes: z.number().min(0).max(10_080).default(preset.reopenMinutes ?? 60),
  /** Whether the incident counts as resolved when the condition is gone; else a person says so. */
  resolves: z.boolean().default(true),
  /** Somebody resolves the incident while the condition holds: after so long it goes on; twice as long after each time that was said. */
  graceMinutes: z.number().min(0).max(10_080).default(preset.graceMinutes ?? 10),
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
  /** @throws ZodError where the stored settings are wrong. */
  tuning(stored: unknown): Tuning;
  /** All of them, as they are set; what was set wrong is as usual. */
  parameters(stored: unknown): Record<string, number | string | boolean>;
  look(stored: unknown): Promise<Finding[] | Unseen>;
}

export function watching<Settings extends Tuning, Facts extends object>(detector: Detector<Settings, Facts>, observe: Observer<Settings, Facts>): Watching {
  const { name, type, titleFr, titleEn, settings: schema } = detector;
  return {
    name, type, titleFr, titleEn,
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

/** A French sentence: fractions have a comma. */
export function french(texts: TemplateStringsArray, ...values: (string | number | null)[]): string {
  return String.raw({ raw: texts }, ...values.map((value) => (typeof value === 'number' ? String(value).replace('.', ',') : value)));
}
