import type { Verdict } from './verdict.ts';
import classes from './parts.module.css';

/** The shape beside the colour: nothing when all is well, ▲ when someone should look, ◆ when someone should act. */
export function Mark({ verdict, label }: { verdict: Verdict; label: string }) {
  if (verdict === 'ok' || verdict === 'none') return null;
  return (
    <svg className={classes.mark} data-verdict={verdict} width="10" height="10" viewBox="0 0 10 10" role="img" aria-label={label}>
      <title>{label}</title>
      {verdict === 'warn' ? <path d="M5 1l4.5 8h-9z" fill="currentColor" /> : <path d="M5 0l5 5-5 5-5-5z" fill="currentColor" />}
    </svg>
  );
}
