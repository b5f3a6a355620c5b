import { useId, type ReactNode } from 'react';
import classes from './parts.module.css';

interface Props { title: ReactNode; aside?: ReactNode; children: ReactNode; className?: string; level?: 2 | 3 }

/** The one surface of the product: a named region. */
export function Card({ title, aside, children, className, level = 2 }: Props) {
  const id = useId();
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <section className={`${classes.card} ${className ?? ''}`} aria-labelledby={id}>
      <div className={classes.cardHead}>
        <Heading id={id} className={classes.cardTitle}>{title}</Heading>
        {aside !== undefined && <div className={classes.cardAside}>{aside}</div>}
      </div>
      {children}
    </section>
  );
}
