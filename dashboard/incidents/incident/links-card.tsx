'use client';
import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconChartBar, IconPhoneCall, IconX } from '@tabler/icons-react';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { useState } from 'react';
import { Card } from '../../parts/card.tsx';
import { useMinute } from '../../parts/use-now.ts';
import { LINK, UNLINK } from '../commands.ts';
import type { IncidentDetails } from '../incident-query.ts';
import { RefusedNotice } from '../refused-notice.tsx';
import { useAct } from '../use-act.ts';
import classes from '../details.module.css';
import { parseLink, questionDuring } from './parse-link.ts';

/** Calls and measures that tell of it; their addresses are pasted. */
export function LinksCard({ incident }: { incident: IncidentDetails }) {
  const t = useTranslations('incidents');
  const minute = useMinute();
  const { busy, refused, run, language } = useAct();
  const { number, links, affects: { sites, queues }, detectedAt, startedAt, resolvedAt } = incident;
  const [address, setAddress] = useState('');
  const [label, setLabel] = useState('');
  const parsed = parseLink(address);
  const wrong = address.trim() !== '' && parsed === null;
  const add = async () => {
    if (!parsed) return;
    const link = parsed.kind === 'CALL' ? parsed : { ...parsed, label: label.trim() };
    if (await run(LINK, { number, link, language })) { setAddress(''); setLabel(''); }
  };
  return (
    <Card title={t('links.title')}>
      <div className={classes.body}>
        <RefusedNotice reason={refused} />
        <ul className={classes.links}>
          <li><IconChartBar size={15} stroke={1.8} aria-hidden /><Link href={`/kpi?${questionDuring({ detectedAt, startedAt, resolvedAt, sites, queues }, minute)}`} prefetch={false}>{t('links.during')}</Link></li>
          {links.map((link) => {
            const call = link.kind === 'CALL';
            const name = call ? t('links.call', { id: link.callId ?? '' }) : (link.label ?? '');
            const href = call ? `/calls/${encodeURIComponent(link.tenant ?? '')}/${encodeURIComponent(link.callId ?? '')}` : `/kpi?${link.question ?? ''}`;
            return (
              <li key={href + name}>
                {call ? <IconPhoneCall size={15} stroke={1.8} aria-hidden /> : <IconChartBar size={15} stroke={1.8} aria-hidden />}
                <Link href={href} prefetch={false}>{name}</Link>
                <ActionIcon variant="subtle" color="gray" size="sm" disabled={busy} aria-label={t('links.remove', { name })} onClick={() => void run(UNLINK, { number, link, language })}><IconX size={14} /></ActionIcon>
              </li>
            );
          })}
        </ul>
        <form className={classes.write} onSubmit={(event) => { event.preventDefault(); void add(); }}>
          <TextInput aria-label={t('links.what')} placeholder={t('links.what')} value={address} error={wrong ? t('links.wrong') : undefined} onChange={(event) => setAddress(event.currentTarget.value)} />
          {parsed?.kind === 'MEASURES' && <TextInput aria-label={t('links.name')} placeholder={t('links.name')} maxLength={200} value={label} onChange={(event) => setLabel(event.currentTarget.value)} />}
          <Button type="submit" variant="default" loading={busy} disabled={parsed === null || (parsed.kind === 'MEASURES' && label.trim() === '')}>{t('links.add')}</Button>
        </form>
      </div>
    </Card>
  );
}
