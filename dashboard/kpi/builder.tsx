'use client';
import { MultiSelect, NumberInput, Select } from '@mantine/core';
import { useTranslations } from 'use-intl';
import { RangePicker } from '../shell/range-picker.tsx';
import { useParams } from '../url/use-params.ts';
import { useReference } from '../url/use-reference.ts';
import classes from './kpi.module.css';
import { allowedGroupings, byPatch, COMPARISONS, FILTERS, GROUPINGS, INTERVALS, type Filter, type Question } from './question.ts';

/** The question as a sentence; each word is a choice, and each choice is in the address. */
export function Builder({ question }: { question: Question }) {
  const t = useTranslations('kpi');
  const params = useParams();
  const { reference, measure } = useReference();
  const allowed = allowedGroupings(question.measures.flatMap((id) => measure(id) ?? []));
  const items: Record<Filter, { value: string; label: string }[]> = {
    campaign: unique(reference.campaigns), queue: unique(reference.queues), team: unique(reference.teams), agent: unique(reference.agents),
  };
  const common = { size: 'xs', comboboxProps: { withinPortal: true, width: 'max-content', position: 'bottom-start' } } as const;
  return (
    <section className={classes.builder} aria-label={t('question')}>
      <MultiSelect {...common} data-search className={classes.measures} aria-label={t('measures')} searchable hidePickedOptions={false} maxValues={8} data={reference.measures.map(({ id, name }) => ({ value: id, label: name }))} value={question.measures} onChange={(measures) => { if (measures.length > 0) params.set({ measures }); }} />
      <div className={classes.part}><span>{t('by')}</span><MultiSelect {...common} aria-label={t('by')} className={classes.word} maxValues={2} clearable clearButtonProps={{ 'aria-label': t('clear') }} placeholder={question.groupings.length === 0 ? t('noGrouping') : ''}
        data={GROUPINGS.map((each) => ({ value: each, label: t(`grouping.${each}`), disabled: reference.measures.length > 0 && !allowed.includes(each) }))} value={question.groupings} onChange={(groupings) => params.set(byPatch(GROUPINGS.filter((each) => groupings.includes(each)), question.interval))} /></div>
      <div className={classes.part}><span>{t('every')}</span><Select {...common} aria-label={t('every')} w={132} data={[{ value: 'none', label: t('interval.none') }, ...INTERVALS.map((each) => ({ value: each, label: t(`interval.${each}`) }))]} allowDeselect={false} value={question.interval ?? 'none'} onChange={(value) => params.set(byPatch(question.groupings, INTERVALS.find((each) => each === value) ?? null))} /></div>
      <RangePicker wide={false} />
      <div className={classes.part}><span>{t('against')}</span><Select {...common} aria-label={t('against')} w={168} clearable clearButtonProps={{ 'aria-label': t('clear') }} placeholder={t('nothing')} data={Object.keys(COMPARISONS).map((each) => ({ value: each, label: comparisonLabel(t, each) }))} value={question.comparison} onChange={(vs) => params.set({ vs })} /></div>
      <div className={classes.filters} role="group" aria-label={t('filters')}>
        <span>{t('where')}</span>
        {FILTERS.map((each) => (
          <MultiSelect {...common} key={each} aria-label={t(`grouping.${each}`)} className={classes.word} searchable clearable clearButtonProps={{ 'aria-label': t('clear') }} limit={60} placeholder={question.where[each].length === 0 ? t(`any.${each}`) : ''} data={items[each]} value={question.where[each]} onChange={(ids) => params.set({ [each]: ids })} />
        ))}
        <div className={classes.target}><span>{t('target')}</span><NumberInput size="xs" w={104} aria-label={t('target')} placeholder={t('ownTarget')} min={0} max={9999} hideControls suffix=" s" value={question.targetSeconds ?? ''} onChange={(value) => params.set({ target: typeof value === 'number' ? String(value) : null })} /></div>
      </div>
    </section>
  );
}

function comparisonLabel(t: ReturnType<typeof useTranslations<'kpi'>>, id: string): string {
  switch (id) {
    case 'previous-day': return t('comparison.previous-day');
    case 'previous-week': return t('comparison.previous-week');
    case 'previous-year': return t('comparison.previous-year');
    default: return t('comparison.previous-period');
  }
}

/** One entry for each id: a campaign's number may serve two clients. */
function unique(list: readonly { id: string; name: string }[]): { value: string; label: string }[] {
  return [...new Map(list.map(({ id, name }) => [id, { value: id, label: name }])).values()];
}
