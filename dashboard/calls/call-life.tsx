'use client';
import { useTranslations } from 'use-intl';
import { duration } from '../format/duration.ts';
import { useFormats } from '../format/use-formats.ts';
import { color, type Token } from '../theme/tokens.ts';
import classes from './calls.module.css';
import type { CallLife as Life, Stage } from './prepare-call-life.ts';

const TOKENS: Record<Stage, Token> = { open: 'abandoned', ivr: 'pause', wait: 'abandoned', ring: 'ringing', talk: 'talk', hold: 'hold', wrapup: 'wrapup' };

/** A call from left to right; each stage has its own height as well as its colour. */
export function CallLife({ life, running = false }: { life: Life; running?: boolean }) {
  const t = useTranslations('calls');
  const formats = useFormats();
  const span = life.endMs - life.startMs;
  return (
    <div>
      <div className={classes.life} role="img" aria-label={life.totals.map(({ stage, seconds }) => `${t(`stage.${stage}`)} ${duration(seconds)}`).join(', ')}>
        {life.pieces.map((piece) => (
          <i key={`${piece.stage}${piece.startMs}`} data-stage={piece.stage} title={`${t(`stage.${piece.stage}`)} ${duration((piece.endMs - piece.startMs) / 1000)}${piece.who ? ` · ${piece.who}` : ''}`}
            style={{ left: `${((piece.startMs - life.startMs) / span) * 100}%`, width: `max(2px, ${((piece.endMs - piece.startMs) / span) * 100}%)`, background: color(TOKENS[piece.stage]) }} />
        ))}
      </div>
      <div className={classes.lifeTimes}><span>{formats.timeWithSeconds(life.startMs)}</span><span>{formats.timeWithSeconds(life.endMs)}{running && ` · ${t('running')}`}</span></div>
      <ul className={classes.stages}>
        {life.totals.map(({ stage, seconds }) => <li key={stage}><i style={{ background: color(TOKENS[stage]) }} data-stage={stage} />{t(`stage.${stage}`)}<b>{duration(seconds)}</b></li>)}
      </ul>
    </div>
  );
}
