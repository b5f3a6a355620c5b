'use client';
import { Tooltip } from '@mantine/core';
import { useTranslations } from 'use-intl';
import { useFormats } from '../format/use-formats.ts';
import { useNow } from '../parts/use-now.ts';
import { useDataAge } from './data-age.tsx';
import classes from './shell.module.css';

const OLD_SECONDS = 15 * 60;
/** At night a floor may be quiet for a while. */
const OLD_LIVE_SECONDS = 180;

/** How old the figures in view are; on every page. */
export function AgeOfData() {
  const t = useTranslations('shell');
  const age = useDataAge();
  const now = useNow();
  const formats = useFormats();
  if (!age) return <span className={classes.age} data-state="none"><span className={classes.dot} aria-hidden />–</span>;
  const seconds = age.dataAt === null ? null : Math.max(0, Math.round((now + age.offsetMs - Date.parse(age.dataAt)) / 1000));
  const old = seconds === null || seconds > (age.connection === 'none' ? OLD_SECONDS : OLD_LIVE_SECONDS);
  const state = age.connection === 'broken' ? 'broken' : old ? 'old' : 'fresh';
  return (
    <Tooltip multiline maw={280} label={age.dataAt === null ? t('age.empty') : t('age.explained', { time: formats.timeWithSeconds(age.dataAt), zone: formats.zone })}>
      <span className={classes.age} data-state={state} tabIndex={0} role="status" aria-live="off" data-testid="age">
        <span className={classes.dot} aria-hidden style={state === 'fresh' ? undefined : { background: 'currentColor', borderRadius: 1 }} />
        {age.connection === 'broken' ? t('age.broken') : seconds === null ? t('age.none') : t('age.text', { age: inWords(seconds, (days) => t('age.days', { days })) })}
      </span>
    </Tooltip>
  );
}

function inWords(seconds: number, days: (count: number) => string): string {
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} h` : days(Math.round(seconds / 86_400));
}
