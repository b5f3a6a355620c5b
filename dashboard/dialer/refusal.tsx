'use client';
import { Alert } from '@mantine/core';
import { useTranslations } from 'use-intl';
import type { Outcome } from '../live/use-command.ts';
import type { Dialer } from './dialer-query.ts';

/** Why a command was not carried out, in the reader's language. */
export function Refusal({ outcome, state }: { outcome: Outcome; state: Dialer['state'] }) {
  const t = useTranslations('dialer');
  if (!outcome) return null;
  const words = () => {
    if (outcome.kind === 'failed') return t('refusal.failed');
    switch (outcome.code) {
      case 'wrong-state': return t('refusal.wrongState', { state: t(`state.${state}`) });
      case 'unknown-campaign': return t('refusal.unknownCampaign');
      case 'invalid': return t('refusal.invalid');
      case 'core-unavailable': return t('refusal.coreUnavailable');
      default: return t('refusal.other', { reason: outcome.reason });
    }
  };
  return <Alert color="red" variant="light" role="alert" title={t('refused')}>{words()}</Alert>;
}
