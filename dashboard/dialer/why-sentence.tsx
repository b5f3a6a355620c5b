'use client';
import { useTranslations } from 'use-intl';
import { useFormats } from '../format/use-formats.ts';
import type { Dialer } from './dialer-query.ts';
import { whyKey } from './prepare-why.ts';

/** Why it dials as it does, in one sentence. */
export function WhySentence({ dialer }: { dialer: Pick<Dialer, 'state' | 'mode' | 'why'> }) {
  const t = useTranslations('dialer');
  const formats = useFormats();
  const key = whyKey(dialer);
  const { why } = dialer;
  return <>{t(`why.${key}`, { risk: formats.percent(why?.risk), allowed: formats.percent(why?.riskAllowed), level: formats.decimal(why?.level) })}</>;
}
