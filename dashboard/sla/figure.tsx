'use client';
import { useTranslations } from 'use-intl';
import { useFormats } from '../format/use-formats.ts';
import { Explain } from '../parts/explain.tsx';
import { useMinute } from '../parts/use-now.ts';
import { useReference } from '../url/use-reference.ts';
import classes from './sla.module.css';

interface Props { id: string; value: number | null; before?: number | null | undefined; over: string; onClick?: (() => void) | undefined }

/** A number with its name; how it is computed, over what and how old it is on hover. A click goes to what is behind it. */
export function Figure({ id, value, before, over, onClick }: Props) {
  const t = useTranslations('sla');
  const formats = useFormats();
  const { measure } = useReference();
  const rule = measure(id);
  const show = (one: number | null) => (id === 'availability' ? formats.finePercent(one) : formats.value(rule?.unit ?? 'COUNT', one));
  const inside = (
    <>
      <span className={classes.figureLabel}>{rule?.short ?? id}</span>
      <b>{show(value)}</b>
      <small>{before === undefined ? ' ' : t('before', { value: show(before) })}</small>
    </>
  );
  return (
    <Explain name={rule?.name ?? id} formula={rule?.formula ?? ''} over={over} age={t('age', { time: formats.time(useMinute()) })}>
      {onClick ? <button type="button" className={classes.figure} data-figure={id} data-raw={value ?? ''} onClick={onClick}>{inside}</button> : <div className={classes.figure} data-figure={id} data-raw={value ?? ''} tabIndex={0}>{inside}</div>}
    </Explain>
  );
}

/** A column's head with the same. */
export function MeasureHead({ id, over }: { id: string; over: string }) {
  const { measure } = useReference();
  const rule = measure(id);
  return <Explain name={rule?.name ?? id} formula={rule?.formula ?? ''} over={over}><th scope="col" tabIndex={0} data-number>{rule?.short ?? id}</th></Explain>;
}
