'use client';
import { IconArrowLeft, IconFileSpreadsheet } from '@tabler/icons-react';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { useMemo } from 'react';
import { useFormats } from '../format/use-formats.ts';
import { Card } from '../parts/card.tsx';
import { Mark } from '../parts/mark.tsx';
import { Empty, Skeleton } from '../parts/states.tsx';
import { usePageTitle } from '../parts/use-page-title.ts';
import { useReportDataAge } from '../shell/data-age.tsx';
import { useReference } from '../url/use-reference.ts';
import { useParams, withPatch } from '../url/use-params.ts';
import { sharedOf, useShared } from '../url/use-shared.ts';
import { AgentsBar } from './agents-bar.tsx';
import { FileEnd, Figure } from './campaign-card.tsx';
import { Controls } from './controls.tsx';
import classes from './dialer.module.css';
import { DaysCard } from './days-card.tsx';
import { DialingState } from './dialing-state.tsx';
import { HistoryCard } from './history-card.tsx';
import { ModesCard } from './modes-card.tsx';
import { NuisanceCard } from './nuisance-card.tsx';
import { viewOf } from './prepare-campaigns.ts';
import { ProductivityCard } from './productivity-card.tsx';
import { StreamNotices } from './stream-notices.tsx';
import { useCampaign } from './use-campaigns.ts';
import { WhyCard } from './why-card.tsx';

/** One campaign: what it does and why, its last hour, its agents' work, its nuisance calls, and what its modes give. */
export function CampaignPage({ campaign }: { campaign: string }) {
  const t = useTranslations('dialer');
  const formats = useFormats();
  const stream = useCampaign(campaign);
  const shared = useShared();
  const { text } = useParams();
  const { reference } = useReference();
  const { board, offsetMs, connection } = stream;
  const live = board?.campaigns[0];
  const view = useMemo(() => (live ? viewOf(live) : null), [live]);
  const name = live?.name ?? reference.campaigns.find(({ id }) => id === campaign)?.name ?? campaign;
  usePageTitle(name);
  useReportDataAge(board ? (board.coreAt ?? board.at) : undefined, offsetMs, connection === 'broken' ? 'broken' : 'live');
  const dialer = view?.dialer;
  return (
    <>
      <Link href={`/dialer${shared}`} prefetch={false} className={classes.back}><IconArrowLeft size={15} aria-hidden />{t('title')}</Link>
      <div className={classes.head}>
        <h1 className={classes.title}>{name} <span className={classes.dim}>{reference.tenants.find(({ id }) => id === live?.tenant)?.name}</span></h1>
        {dialer && <DialingState state={dialer.state} mode={dialer.mode} />}
        <Link href={`/call-files${withPatch('', { ...sharedOf(text), campaign })}`} prefetch={false} className={classes.link}><IconFileSpreadsheet size={15} aria-hidden />{t('files')}</Link>
        {dialer && <Controls campaign={campaign} name={name} dialer={dialer} />}
      </div>
      <StreamNotices view={stream} />
      {!board ? <Skeleton height={420} /> : !view || !dialer ? <Card title={t('campaign')}><Empty title={t('unknown')} hint={t('unknownHint')} action={<Link href={`/dialer${shared}`} prefetch={false}>{t('title')}</Link>} /></Card> : (
        <div className={classes.stack} data-testid="campaign">
          {view.attention && <p className={classes.attention} data-verdict={view.verdict}><Mark verdict={view.verdict} label={t('attentionLabel')} />{t(`attention.${view.attention}`, { ready: dialer.agents.ready })}</p>}
          <div className={classes.strip}>
            <Figure label={t('pace')} value={formats.decimal(dialer.recent?.dialsPerMinute)} unit={t('perMinute')} formula={t('formula.pace')} over={t('over.recent')} />
            <Figure label={t('answerRate')} value={formats.percent(dialer.recent?.answerShare)} formula={t('formula.answerRate')} over={t('over.recent')} />
            <Figure label={t('talk')} value={formats.decimal(dialer.recent?.talkMinutesPerHour ?? dialer.talkMinutesPerHour)} unit={t('minutesPerHour')} formula={t('formula.talk')} over={dialer.recent ? t('over.recent') : t('over.start')} />
            <Figure label={t('lines')} value={formats.count(dialer.lines)} unit={t('ringing', { count: dialer.ringing })} formula={t('formula.lines')} over={t('over.now')} />
            <Figure label={t('level')} value={formats.decimal(dialer.why?.level)} unit={t('perAgent')} formula={t('formula.level')} over={t('over.now')} />
            <Figure label={t('contactsLeft')} value={formats.count(dialer.contactsOpen ?? dialer.contactsLeft)} unit={dialer.contactsOpen === null ? '' : t('callableNow', { count: formats.count(dialer.contactsLeft) })} formula={t('formula.contacts')} over={t('over.now')} />
            <div><span className={classes.figureLabel}>{t('fileEnd')}</span><div className={classes.figureValue}><FileEnd at={dialer.fileEndsAt} /></div></div>
          </div>
          <div className={classes.two}>
            <WhyCard view={view} />
            <div className={classes.stack}>
              <Card title={t('agentsTitle')} aside={t('loggedIn', { count: view.agents })}><div className={classes.body}><AgentsBar agents={dialer.agents} /></div></Card>
              <ModesCard dialer={dialer} agents={view.agents} />
            </div>
          </div>
          <HistoryCard history={live?.dialer?.history ?? []} atMs={Date.parse(board.at)} />
          <ProductivityCard campaign={campaign} />
          <DaysCard campaign={campaign} limit={dialer.nuisanceLimit} />
          <NuisanceCard campaign={campaign} />
        </div>
      )}
    </>
  );
}
