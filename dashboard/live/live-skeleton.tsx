import { Skeleton } from '../parts/states.tsx';
import classes from './live.module.css';

export function LiveSkeleton() {
  return (
    <div className={classes.board} aria-busy="true">
      <div className={classes.strip}><Skeleton height={106} /></div>
      <div className={classes.left}><Skeleton height={430} /><Skeleton height={220} /></div>
      <div className={classes.right}><Skeleton height={662} /></div>
    </div>
  );
}
