'use client';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { memo, type ReactNode } from 'react';
import { useFormats } from '../format/use-formats.ts';
import { Elapsed } from '../parts/elapsed.tsx';
import { Explain } from '../parts/explain.tsx';
import { Mark } from '../parts/mark.tsx';
import { StateIcon, type AgentState } from '../parts/agent-state.tsx';
import { useMinute } from '../parts/use-now.ts';
import type { Verdict } from '../parts/verdict.ts';
import { color } from '../theme/tokens.ts';
import { STATE_LOOK } from '../parts/agent-state.tsx';
import { sharedOf } from '../url/use-shared.ts';
import { useParams, withPatch, type Patch } from '../url/use-params.ts';
import { useReference } from '../url/use-reference.ts';
import { equal } from './keep-unchanged.ts';
import { lastMinutes } from './last-minutes.ts';
import classes from './live.module.css';
import type { Figures } from './prepare-figures.ts';

interface Props { dayFrom: string; zone: string; figures: Figures; offsetMs: number }

/** The top row: six figures, each against its target. Drawn again only when one of them moved. */
export const FiguresStrip = memo(function FiguresStrip({ dayFrom, zone, figures, offsetMs }: Props) {
  const t = useTranslations('live');
  const formats = useFormats();
  const { text } = useParams();
  const { measure } = useReference();
  const today = t('over.today', { time: formats.time(dayFrom), zone });
  const target = (value: number | null) => (value === null ? t('noTarget') : t('target', { value: formats.percent(value) }));
  const gap = ({ value, target: goal }: { value: number | null; target: number | null }, better: 'up' | 'down') => {
    if (value === null || goal === null) return null;
    const late = better === 'up' ? value < goal : value > goal;
    return late ? t('points', { points: formats.points(value - goal) }) : null;
  };
  const { agents } = figures;
  const minute = useMinute() + offsetMs;
  return (
    <div className={classes.strip}>
      <Figure id="waiting" label={t('waiting')} verdict={figures.waiting.verdict} formula={t('formula.waiting')} over={t('over.now')} to={{ range: 'today', fate: 'IN_PROGRESS' }}
        raw={figures.waiting.value} value={formats.count(figures.waiting.value)} note={t('late', { count: figures.waiting.late })} />
      <Figure id="longest" label={t('longest')} verdict={figures.longest.verdict} formula={t('formula.longest')} over={t('over.now')} to={{ range: 'today', order: 'LONGEST_WAIT' }}
        raw={figures.longest.since} value={<Elapsed since={figures.longest.since} offsetMs={offsetMs} />}
        note={figures.longest.queue === null ? t('nobodyWaits') : t('longestIn', { queue: figures.longest.queue, seconds: figures.longest.targetSeconds ?? 0 })} />
      <Link href={`/agents${withPatch('', { ...sharedOf(text), range: 'today' })}`} prefetch={false} className={classes.figure} data-wide data-testid="figure-agents">
        <span className={classes.figureLabel}>{t('agents')}<span className={classes.dim}>{t('loggedIn', { count: agents.loggedIn })}{agents.dialing > 0 && ` · ${t('dialingNow', { count: agents.dialing })}`}</span></span>
        <dl className={classes.agentFigures}>
          <AgentCount state="ready" label={t('state.ready')} value={agents.ready} />
          <AgentCount state="talk" label={t('state.talk')} value={agents.talking + agents.ringing} />
          <AgentCount state="wrapup" label={t('state.wrapup')} value={agents.wrapup} />
          <AgentCount state="pause" label={t('state.pause')} value={agents.paused} />
        </dl>
        <AgentBar agents={agents} />
      </Link>
      <Figure id="service-level" label={t('levelToday')} verdict={figures.level.verdict} formula={measure('service-level')?.formula ?? ''} over={today} to={{ range: 'today' }}
        raw={figures.level.value} value={formats.percent(figures.level.value)} note={figures.level.value === null ? '' : target(figures.level.target)} gap={gap(figures.level, 'up')} />
      <Figure id="service-level-30" label={t('level30')} verdict={figures.level30.verdict} formula={measure('service-level')?.formula ?? ''} over={t('over.last30')} to={{ range: lastMinutes(minute, 30) }}
        raw={figures.level30.value} value={formats.percent(figures.level30.value)} note={figures.level30.value === null ? '' : target(figures.level30.target)} gap={gap(figures.level30, 'up')} />
      <Figure id="abandonment-rate" label={t('abandonment')} verdict={figures.abandonment.verdict} formula={measure('abandonment-rate')?.formula ?? ''} over={today} to={{ range: 'today', fate: 'ABANDONED' }}
        raw={figures.abandonment.value} value={formats.percent(figures.abandonment.value)} note={[...(figures.abandonment.target === null ? [] : [t('atMost', { value: formats.percent(figures.abandonment.target) })]), ...(figures.abandonment.count === null ? [] : [t('abandonedCalls', { count: figures.abandonment.count })])].join(' · ')} gap={gap(figures.abandonment, 'down')} />
    </div>
  );
}, (a, b) => a.offsetMs === b.offsetMs && a.dayFrom === b.dayFrom && a.zone === b.zone && equal(a.figures, b.figures));

interface FigureProps { id: string; label: string; /** Unrounded, for whoever compares it. */ raw: number | string | null; value: ReactNode; note: ReactNode; gap?: string | null; verdict: Verdict; formula: string; over: string; to: Patch }

function Figure({ id, label, raw, value, note, gap, verdict, formula, over, to }: FigureProps) {
  const t = useTranslations('live');
  const { text } = useParams();
  return (
    <Explain name={label} formula={formula} over={over} age={t('over.age')}>
      <Link href={`/calls${withPatch('', { ...sharedOf(text), ...to })}`} prefetch={false} className={classes.figure} data-verdict={verdict} data-raw={raw ?? ''} data-testid={`figure-${id}`}>
        <span className={classes.figureLabel}>{label}</span>
        <span className={classes.figureValue}><span data-value>{value}</span><Mark verdict={verdict} label={t(`verdict.${verdict === 'bad' ? 'bad' : 'warn'}`)} /></span>
        <span className={classes.figureNote}><span>{note}</span>{gap && <b>{gap}</b>}</span>
      </Link>
    </Explain>
  );
}

function AgentCount({ state, label, value }: { state: AgentState; label: string; value: number }) {
  return <div><dt><StateIcon state={state} size={13} />{label}</dt><dd data-count={state} data-value={value}>{value}</dd></div>;
}

function AgentBar({ agents }: { agents: Figures['agents'] }) {
  const parts: [AgentState, number][] = [['ready', agents.ready], ['talk', agents.talking + agents.ringing], ['dialing', agents.dialing], ['wrapup', agents.wrapup], ['pause', agents.paused]];
  return <div className={classes.agentBar} aria-hidden>{parts.map(([state, value]) => value > 0 && <i key={state} style={{ flexGrow: value, background: color(STATE_LOOK[state].token) }} />)}</div>;
}
