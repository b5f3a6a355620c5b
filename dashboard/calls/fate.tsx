'use client';
import { IconArrowForwardUp, IconClockOff, IconDots, IconMessage2, IconPhoneCheck, IconPhoneOff, IconPhonePause, IconPhoneX, IconPlugX, IconRobot, IconUserOff, IconX, type Icon } from '@tabler/icons-react';
import { useTranslations } from 'use-intl';
import { color, type Token } from '../theme/tokens.ts';
import type { DialResult, Fate } from './question.ts';

const LOOK: Record<Fate, { icon: Icon; token: Token }> = {
  IN_PROGRESS: { icon: IconDots, token: 'ringing' },
  ANSWERED: { icon: IconPhoneCheck, token: 'answered' },
  ABANDONED: { icon: IconPhoneX, token: 'abandoned' },
  OVERFLOWED: { icon: IconArrowForwardUp, token: 'hold' },
  NO_AGENT: { icon: IconUserOff, token: 'pause' },
  CLOSED: { icon: IconClockOff, token: 'pause' },
  IVR_ONLY: { icon: IconMessage2, token: 'pause' },
  INTERRUPTED: { icon: IconPlugX, token: 'pause' },
  NOT_REACHED: { icon: IconPhoneOff, token: 'pause' },
};
const RESULT_LOOK: Record<DialResult, { icon: Icon; token: Token }> = {
  PASSED: LOOK.ANSWERED,
  NUISANCE: LOOK.ABANDONED,
  MACHINE: { icon: IconRobot, token: 'pause' },
  BUSY: { icon: IconPhonePause, token: 'pause' },
  INVALID: { icon: IconX, token: 'pause' },
  NO_ANSWER: LOOK.NOT_REACHED,
  CANCELLED: LOOK.NOT_REACHED,
  INTERRUPTED: LOOK.INTERRUPTED,
  IN_PROGRESS: LOOK.IN_PROGRESS,
};

/** An outbound call says what became of the attempt. */
export function FateLabel({ fate, result = null }: { fate: Fate; result?: DialResult | null }) {
  const t = useTranslations('calls');
  const { icon: Glyph, token } = result ? RESULT_LOOK[result] : LOOK[fate];
  return <span style={{ display: 'inline-flex', alignItems: 'center', gap: 6, verticalAlign: 'middle' }}><Glyph size={15} stroke={1.9} color={color(token)} aria-hidden />{t(result ? `result.${result}` : `fate.${fate}`)}</span>;
}
