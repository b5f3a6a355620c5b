'use client';
import { useLocale, useTranslations } from 'use-intl';
import { useCallback } from 'react';
import { Card } from '../../parts/card.tsx';
import { Empty, NoAnswer, Notice, Skeleton } from '../../parts/states.tsx';
import { usePageTitle } from '../../parts/use-page-title.ts';
import { RULES } from '../catalogue-query.ts';
import classes from '../incidents.module.css';
import { SubTabs } from '../sub-tabs.tsx';
import { usePolled } from '../use-polled.ts';
import { AvailabilityCard } from './availability-card.tsx';
import { ContactsCard } from './contacts-card.tsx';
import { DetectorsCard } from './detectors-card.tsx';
import { OnCallCard } from './on-call-card.tsx';
import { SettingsCard } from './settings-card.tsx';
import { ToldRulesCard } from './told-rules-card.tsx';

/** Detectors say how they stand by themselves; nothing else here moves. */
const LOOK_MS = 15_000;

/** What opens incidents by itself, who is told when, who is on call, and the times of the procedure. */
export function RulesPage() {
  const t = useTranslations('incidents');
  const language = useLocale() === 'fr' ? 'fr' : 'en';
  const { data, problem, look } = usePolled(RULES, { language }, LOOK_MS);
  usePageTitle(t('rules.title'));
  const onKept = useCallback(() => look(), [look]);
  const set = data?.incidentRules;
  return (
    <>
      <SubTabs />
      <div className={classes.head}><h1 className={classes.title}>{t('rules.title')}</h1></div>
      {problem && data && <Notice kind="bad">{t('stale')}</Notice>}
      {problem && !data ? <Card title={t('rules.title')}><NoAnswer problem={problem} retry={look} /></Card>
        : !data ? <Skeleton height={520} />
        : !set ? <Card title={t('rules.title')}><Empty title={t('rules.hidden')} hint={t('rules.hiddenHint')} /></Card>
        : (
          <div className={classes.stack} data-testid="rules">
            <DetectorsCard detectors={data.detectors} onKept={onKept} />
            <ToldRulesCard set={set} onKept={onKept} />
            <div className={classes.pair}>
              <ContactsCard set={set} onKept={onKept} />
              <OnCallCard set={set} onKept={onKept} />
            </div>
            {data.incidentSettings && data.availability && <AvailabilityCard settings={data.incidentSettings} availability={data.availability} components={data.components} onKept={onKept} />}
            {data.incidentSettings && <SettingsCard settings={data.incidentSettings} onKept={onKept} />}
          </div>
        )}
    </>
  );
}
