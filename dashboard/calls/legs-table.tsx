'use client';
import { useTranslations } from 'use-intl';
import { duration } from '../format/duration.ts';
import type { Formats } from '../format/formats.ts';
import type { CallLeg } from './calls-query.ts';
import classes from './calls.module.css';

export function LegsTable({ legs, formats }: { legs: readonly CallLeg[]; formats: Formats }) {
  const t = useTranslations('calls');
  return (
    <div className={classes.legs} tabIndex={0} role="region" aria-label={t('legs')}>
      <table>
        <thead><tr>{(['entered', 'queue', 'agent', 'outcome'] as const).map((each) => <th key={each} scope="col">{t(`leg.${each}`)}</th>)}{(['wait', 'ring', 'talk', 'hold', 'wrapup'] as const).map((each) => <th key={each} scope="col" data-number>{t(`stage.${each}`)}</th>)}</tr></thead>
        <tbody>
          {legs.map((leg) => (
            <tr key={leg.leg}>
              <td>{formats.timeWithSeconds(leg.startedAt)}</td><td>{leg.queueName}</td><td>{leg.agentName || '–'}</td><td>{outcome(t, leg.outcome)}</td>
              {[leg.waitSeconds, leg.ringSeconds, leg.talkSeconds, leg.holdSeconds, leg.wrapupSeconds].map((seconds, at) => <td key={at} data-number>{seconds > 0 ? duration(seconds) : '–'}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function outcome(t: ReturnType<typeof useTranslations<'calls'>>, text: string): string {
  switch (text) {
    case 'answered': case 'abandoned': case 'overflowed': case 'no-agent': case 'interrupted': case 'rerouted': case 'transferred': case 'in-progress': case 'closed': return t(`outcome.${text}`);
    default: return text;
  }
}
