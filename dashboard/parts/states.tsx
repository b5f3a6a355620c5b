'use client';
import { Button } from '@mantine/core';
import { IconCloudOff, IconMoodEmpty } from '@tabler/icons-react';
import { useTranslations } from 'use-intl';
import type { ReactNode } from 'react';
import type { Problem } from '../graphql/problem-of.ts';
import classes from './parts.module.css';

/** Nothing to show: says why and what to do. */
export function Empty({ title, hint, action }: { title: string; hint?: string; action?: ReactNode }) {
  return <div className={classes.state}><IconMoodEmpty size={26} stroke={1.4} aria-hidden /><strong>{title}</strong>{hint && <span>{hint}</span>}{action}</div>;
}

/** Something failed: what, and a way to try again. */
export function Failure({ what, detail, retry }: { what: string; detail?: string; retry?: () => void }) {
  const t = useTranslations('parts');
  return (
    <div className={classes.state} role="alert">
      <IconCloudOff size={26} stroke={1.4} aria-hidden />
      <strong>{what}</strong>
      {detail && <span>{detail}</span>}
      {retry && <Button size="xs" variant="default" onClick={retry}>{t('retry')}</Button>}
    </div>
  );
}

/** An answer that did not come: why, what to do, and a way to try again. */
export function NoAnswer({ problem, retry }: { problem: Problem; retry: () => void }) {
  const t = useTranslations('parts');
  return <Failure what={t(`problem.${problem}`)} detail={problem === 'network' ? undefined : t(`problemHint.${problem}`)} retry={retry} />;
}

/** A bar on top of what it speaks of. */
export function Notice({ kind, children, assertive = false }: { kind: 'bad' | 'warn' | 'note'; children: ReactNode; assertive?: boolean }) {
  return <div className={classes.notice} data-kind={kind} role={assertive ? 'alert' : 'status'}>{children}</div>;
}

/** Holds the place of what is coming, in its final size. */
export function Skeleton({ height, width = '100%' }: { height: number | string; width?: number | string }) {
  return <div className={classes.skeleton} style={{ height, width }} aria-hidden />;
}
