import type { Dialer, DialingMode } from './dialer-query.ts';

/** The form's fields; what stands in a number's field may be no number yet. */
export interface SettingsForm { mode: DialingMode; limitPercent: number | string; maximumLines: number | string; ringSeconds: number | string }

/** What goes to the server: only what differs from what holds now. */
export interface DialingChange { mode?: DialingMode; nuisanceLimit?: number; maximumLines?: number | null; ringSeconds?: number }

export const MODES: DialingMode[] = ['MANUAL', 'PREVIEW', 'PROGRESSIVE', 'PREDICTIVE'];

export function formOf({ mode, nuisanceLimit, maximumLines, ringSeconds }: Dialer): SettingsForm {
  return { mode, limitPercent: percentOf(nuisanceLimit), maximumLines: maximumLines ?? '', ringSeconds };
}

/** Null = a field holds what cannot be sent. */
export function changeOf(form: SettingsForm, dialer: Dialer): DialingChange | null {
  const limit = within(form.limitPercent, 0.1, 20);
  const ring = within(form.ringSeconds, 15, 120);
  const lines = form.maximumLines === '' ? null : within(form.maximumLines, 1, 100_000);
  if (limit === undefined || ring === undefined || lines === undefined) return null;
  return {
    ...(form.mode === dialer.mode ? {} : { mode: form.mode }),
    ...(limit === percentOf(dialer.nuisanceLimit) ? {} : { nuisanceLimit: shareOf(limit) }),
    ...(lines === dialer.maximumLines ? {} : { maximumLines: lines }),
    ...(ring === dialer.ringSeconds ? {} : { ringSeconds: ring }),
  };
}

/** 0.03 is 3, not 3.0000000000000004. */
export function percentOf(share: number): number {
  return Math.round(share * 1e6) / 1e4;
}

/** 2.9 is 0.029, not 0.028999999999999998. */
export function shareOf(percent: number): number {
  return Math.round(percent * 1e4) / 1e6;
}

function within(value: number | string, least: number, most: number): number | undefined {
  return typeof value === 'number' && value >= least && value <= most ? value : undefined;
}
