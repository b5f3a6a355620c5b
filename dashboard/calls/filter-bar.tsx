'use client';
import { Button, MultiSelect, NumberInput, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useTranslations } from 'use-intl';
import { useState } from 'react';
import { useParams } from '../url/use-params.ts';
import { useReference } from '../url/use-reference.ts';
import classes from './calls.module.css';
import { FATES, ORDERS, RESULTS, type CallsQuestion } from './question.ts';

export function FilterBar({ question }: { question: CallsQuestion }) {
  const t = useTranslations('calls');
  const params = useParams();
  const { reference } = useReference();
  const [typed, setTyped] = useState(question.caller);
  const search = useDebouncedCallback((caller: string) => params.set({ caller }), 300);
  const common = { size: 'xs', comboboxProps: { withinPortal: true, width: 'max-content', position: 'bottom-start' } } as const;
  const choice = (list: readonly { id: string; name: string }[]) => [...new Map(list.map(({ id, name }) => [id, { value: id, label: name }])).values()];
  const others = ['campaign', 'team'].flatMap((name) => params.list(name).map((id) => ({ name, id })));
  const nameOf = (name: string, id: string) => (name === 'team' ? reference.teams : reference.campaigns).find((each) => each.id === id)?.name ?? id;
  const filtered = Object.keys(question.where).some((name) => !['tenant', 'site'].includes(name));
  return (
    <search className={classes.bar} aria-label={t('filters')}>
      <TextInput size="xs" data-search className={classes.search} leftSection={<IconSearch size={14} />} placeholder={t('caller')} aria-label={t('caller')} value={typed} onChange={(event) => { setTyped(event.currentTarget.value); search(event.currentTarget.value); }} />
      <Select {...common} w={132} aria-label={t('direction')} placeholder={t('anyDirection')} clearable clearButtonProps={{ 'aria-label': t('clear') }} data={[{ value: 'INBOUND', label: t('inboundCalls') }, { value: 'OUTBOUND', label: t('outboundCalls') }]} value={question.direction} onChange={(direction) => params.set({ direction, result: null })} />
      {question.direction === 'OUTBOUND' && <MultiSelect {...common} className={classes.field} aria-label={t('resultLabel')} placeholder={question.results.length === 0 ? t('anyResult') : ''} clearable clearButtonProps={{ 'aria-label': t('clear') }} data={RESULTS.map((result) => ({ value: result, label: t(`result.${result}`) }))} value={question.results} onChange={(result) => params.set({ result })} />}
      <MultiSelect {...common} className={classes.field} aria-label={t('fateLabel')} placeholder={question.fates.length === 0 ? t('anyFate') : ''} clearable clearButtonProps={{ 'aria-label': t('clear') }} data={FATES.map((fate) => ({ value: fate, label: t(`fate.${fate}`) }))} value={question.fates} onChange={(fate) => params.set({ fate })} />
      <MultiSelect {...common} className={classes.field} aria-label={t('queue')} placeholder={question.queue.length === 0 ? t('anyQueue') : ''} searchable clearable clearButtonProps={{ 'aria-label': t('clear') }} data={choice(reference.queues)} value={question.queue} onChange={(queue) => params.set({ queue })} />
      <MultiSelect {...common} className={classes.field} aria-label={t('agent')} placeholder={question.agent.length === 0 ? t('anyAgent') : ''} searchable clearable clearButtonProps={{ 'aria-label': t('clear') }} limit={60} data={choice(reference.agents)} value={question.agent} onChange={(agent) => params.set({ agent })} />
      <NumberInput size="xs" w={132} aria-label={t('minWait')} placeholder={t('minWait')} suffix=" s" min={0} max={99_999} hideControls value={question.minWait ?? ''} onChange={(value) => params.set({ minWait: typeof value === 'number' ? String(value) : null })} />
      <Select {...common} w={168} aria-label={t('order.title')} allowDeselect={false} data={ORDERS.map((order) => ({ value: order, label: t(`order.${order}`) }))} value={question.order} onChange={(order) => params.set({ order: order === 'NEWEST' ? null : order })} />
      {others.map(({ name, id }) => <Button key={`${name}/${id}`} size="xs" variant="light" onClick={() => params.set({ [name]: params.list(name).filter((each) => each !== id) })}>{nameOf(name, id)} ×</Button>)}
      {filtered && <Button size="xs" variant="subtle" color="gray" onClick={() => { setTyped(''); params.set({ caller: null, fate: null, result: null, queue: null, agent: null, minWait: null, campaign: null, team: null, direction: null }); }}>{t('clearAll')}</Button>}
    </search>
  );
}
