'use client';
import { IconFlask } from '@tabler/icons-react';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { useMemo, useState } from 'react';
import { keepOrder } from '../live/prepare-queues.ts';
import { Card } from '../parts/card.tsx';
import { Empty, Skeleton } from '../parts/states.tsx';
import { useArrowKeys } from '../parts/use-arrow-keys.ts';
import { usePageTitle } from '../parts/use-page-title.ts';
import { useReportDataAge } from '../shell/data-age.tsx';
import { useReference } from '../url/use-reference.ts';
import { useShared } from '../url/use-shared.ts';
import { CampaignCard } from './campaign-card.tsx';
import classes from './dialer.module.css';
import { prepareCampaigns } from './prepare-campaigns.ts';
import { StreamNotices } from './stream-notices.tsx';
import { useCampaigns } from './use-campaigns.ts';

/** Campaigns that dial, the one that needs a person first; cards hold still while someone points at them or has the focus there. */
export function DialerPage() {
  const t = useTranslations('dialer');
  const view = useCampaigns();
  const shared = useShared();
  const { reference } = useReference();
  const { board, offsetMs, connection } = view;
  usePageTitle(t('title'));
  useReportDataAge(board ? (board.coreAt ?? board.at) : undefined, offsetMs, connection === 'broken' ? 'broken' : 'live');
  const campaigns = useMemo(() => prepareCampaigns(board?.campaigns ?? []), [board]);
  const [held, setHeld] = useState<string[] | null>(null);
  const onKeyDown = useArrowKeys<HTMLDivElement>();
  const shown = keepOrder(campaigns, ({ campaign }) => campaign, held);
  const hold = () => setHeld((before) => before ?? shown.map(({ campaign }) => campaign));
  const tenants = new Map(reference.tenants.map(({ id, name }) => [id, name]));
  const several = new Set(campaigns.map(({ tenant }) => tenant)).size > 1;
  return (
    <>
      <div className={classes.head} data-testid="dialer">
        <h1 className={classes.title}>{t('title')}</h1>
        {board && campaigns.length > 0 && <span className={classes.dim}>{t('count', { count: campaigns.length, running: campaigns.filter(({ dialer }) => dialer.state === 'RUNNING').length })} · {held ? t('held') : t('sorted')}</span>}
        <Link href={`/dialer/what-if${shared}`} prefetch={false} className={classes.link}><IconFlask size={15} aria-hidden />{t('whatIf')}</Link>
      </div>
      <StreamNotices view={view} />
      {!board ? <div className={classes.cards} aria-busy="true">{[0, 1, 2].map((at) => <Skeleton key={at} height={330} />)}</div>
        : campaigns.length === 0 ? <Card title={t('campaigns')}><Empty title={t('none')} hint={t('noneHint')} action={<Link href={`/dialer/what-if${shared}`} prefetch={false} className={classes.link}>{t('whatIf')}</Link>} /></Card> : (
          <div className={classes.cards} data-testid="campaigns" data-stale={connection === 'broken' || !board.connected || undefined} onKeyDown={onKeyDown} onPointerEnter={hold} onPointerLeave={() => setHeld(null)} onFocus={hold} onBlur={(event) => { if (!event.currentTarget.contains(event.relatedTarget)) setHeld(null); }}>
            {shown.map((each) => <CampaignCard key={each.campaign} view={each} tenant={several ? tenants.get(each.tenant) ?? each.tenant : null} />)}
          </div>
        )}
    </>
  );
}
