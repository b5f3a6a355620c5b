import { Skeleton } from '../parts/states.tsx';
import classes from './live.module.css';

const times = (count: number) => Array.from({ length: count }, (_, at) => at);

/** The board's own shape in its final size, so that nothing jumps when the first state arrives. */
export function LiveSkeleton() {
  return (
    <div className={classes.board} aria-busy="true">
      <div className={classes.strip}>{times(6).map((at) => <div key={at} className={classes.figure} data-wide={at === 2 || undefined}><Skeleton height={12} width="45%" /><Skeleton height={26} width="60%" /><Skeleton height={12} width="70%" /></div>)}</div>
      <div className={classes.left}>
        <div className={classes.shell}>{times(12).map((at) => <Skeleton key={at} height={14} width={`${92 - ((at * 7) % 20)}%`} />)}</div>
        <div className={classes.shell}><Skeleton height={170} /></div>
      </div>
      <div className={`${classes.right} ${classes.shell}`}><Skeleton height={18} width="30%" /><div className={classes.shellTiles}>{times(24).map((at) => <Skeleton key={at} height={42} />)}</div></div>
    </div>
  );
}
