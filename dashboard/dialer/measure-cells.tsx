'use client';
import { useTranslations } from 'use-intl';
import { useFormats } from '../format/use-formats.ts';
import { Explain } from '../parts/explain.tsx';
import { useReference } from '../url/use-reference.ts';
import type { DayColumn } from './prepare-days.ts';
import type { Column } from './prepare-productivity.ts';

/** A measure's short name, with how it is computed and over what. */
export function MeasureHead({ id, over }: { id: Column | DayColumn; over: string }) {
  const t = useTranslations('dialer');
  const { measure } = useReference();
  const rule = measure(id);
  return <Explain name={rule?.name ?? id} formula={rule?.formula ?? ''} over={over}><th scope="col" tabIndex={0}>{t(`column.${id}`)}</th></Explain>;
}

export function MeasureValue({ id, value }: { id: Column | DayColumn; value: number | null }) {
  const formats = useFormats();
  const { measure } = useReference();
  return <td>{formats.value(measure(id)?.unit ?? 'COUNT', value)}</td>;
}
