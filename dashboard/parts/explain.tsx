'use client';
import { Tooltip } from '@mantine/core';
import { useTranslations } from 'use-intl';
import type { ReactElement } from 'react';
import classes from './parts.module.css';

interface Props { name: string; formula: string; over: string; age?: string; children: ReactElement }

/** The three questions of every number, on hover and on focus: how is it computed, over what, how old is it. */
export function Explain({ name, formula, over, age, children }: Props) {
  const t = useTranslations('parts');
  return (
    <Tooltip multiline openDelay={250} events={{ hover: true, focus: true, touch: false }} label={
      <span className={classes.tip}>
        <b>{name}</b>
        <span>{t('formula', { formula })}</span>
        <span>{over}</span>
        {age && <span>{age}</span>}
      </span>
    }>{children}</Tooltip>
  );
}
