'use client';
import { IconArrowForwardUp, IconClockOff, IconDots, IconMessage2, IconPhoneCheck, IconPhoneX, IconPlugX, IconUserOff, type Icon } from '@tabler/icons-react';
import { useTranslations } from 'use-intl';
import { color, type Token } from '../theme/tokens.ts';
import type { Fate } from './question.ts';

const LOOK: Record<Fate, { icon: Icon; token: Token }> = {
  IN_PROGRESS: { icon: IconDots, token: 'ringing' },
  ANSWERED: { icon: IconPhoneCheck, token: 'answered' },
  ABANDONED: { icon: IconPhoneX, token: 'abandoned' },
  OVERFLOWED: { icon: IconArrowForwardUp, token: 'hold' },
  NO_AGENT: { icon: IconUserOff, token: 'pause' },
  CLOSED: { icon: IconClockOff, token: 'pause' },
  IVR_ONLY: { icon: IconMessage2, token: 'pause' },
  INTERRUPTED: { icon: IconPlugX, token: 'pause' },
};

export function FateLabel({ fate }: { fate: Fate }) {
  const t = useTranslations('calls');
  const { icon: Glyph, token } = LOOK[fate];
  return <span style={{ display: 'inline-flex', alignItems: 'center', gap: 6, verticalAlign: 'middle' }}><Glyph size={15} stroke={1.9} color={color(token)} aria-hidden />{t(`fate.${fate}`)}</span>;
}
