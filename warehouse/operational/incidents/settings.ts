import { z } from 'zod';
import { slug } from './events.ts';

const minutes = z.number().positive().max(100_000);

/** The times of the procedure. */
export const incidentSettingsSchema = z.object({
  version: z.number().int().nonnegative().default(0),
  /** Shares of the target at which a warning is given. */
  warnShares: z.array(z.number().gt(0).lt(1)).max(5).default([0.5, 0.8]),
  /** After the detection; this clock never pauses. */
  conferenceMinutes: minutes.default(60),
  /** Its address or number; empty = nobody has configured one yet. */
  conferencePlace: z.string().trim().max(500).default(''),
  /** From the call to its beginning, and how long it lasts in the calendars. */
  conferenceStartsAfterMinutes: z.number().nonnegative().max(1440).default(15),
  conferenceLastsMinutes: minutes.default(30),
  crisisMinutes: minutes.default(60),
  reportMinutes: minutes.default(60),
  /** A report's reminder comes so long before it is due. */
  reportReminderMinutes: z.number().nonnegative().max(1440).default(10),
  /** After the end of the crisis. */
  rexDays: z.number().positive().max(365).default(7),
  /** How long a link to sign is good, how often it is reminded of, and after how many days each time. */
  signatureDays: z.number().positive().max(365).default(14),
  signatureReminders: z.number().int().nonnegative().max(50).default(4),
  signatureReminderDays: z.number().positive().max(365).default(3),
  /** Between two progress reports of a long interruption. */
  progressHours: z.number().positive().max(72).default(4),
  /** Share of its time that a component is meant to be there, by its name; 0.999 for the others. */
  availability: z.record(slug, z.number().gt(0).lt(1)).default({}),
});
export type IncidentSettings = z.infer<typeof incidentSettingsSchema>;

/** What an administrator set of a detector; the detector itself knows its parameters and what they are otherwise. */
export const detectorSettingSchema = z.object({
  detector: slug,
  on: z.boolean(),
  parameters: z.record(z.string(), z.union([z.number(), z.string(), z.boolean(), z.null()])),
  version: z.number().int().nonnegative().default(0),
});
export type DetectorSetting = z.infer<typeof detectorSettingSchema>;
