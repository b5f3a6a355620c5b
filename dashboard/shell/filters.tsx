'use client';
import { Select } from '@mantine/core';
import { IconBuilding, IconMapPin, IconWorld } from '@tabler/icons-react';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'use-intl';
import { useParams } from '../url/use-params.ts';
import { useReference } from '../url/use-reference.ts';
import { useZone } from '../url/use-zone.ts';
import { pageOf } from './pages.ts';
import { RangePicker } from './range-picker.tsx';

/** Client, site, zone and dates: they hold on every page and travel with the links. */
export function Filters({ labels = false }: { labels?: boolean }) {
  const t = useTranslations('shell');
  const params = useParams();
  const { reference } = useReference();
  const { zone, tenant, site } = useZone();
  const page = pageOf(usePathname());
  const zones = [...new Set([...reference.sites.map((each) => each.zone), ...reference.tenants.map((each) => each.zone), ownZone(), 'UTC', zone])];
  const common = { size: labels ? 'md' : 'xs', clearable: true, comboboxProps: { withinPortal: true }, clearButtonProps: { 'aria-label': t('clear') } } as const;
  return (
    <>
      <Select {...common} w={labels ? '100%' : 132} label={labels ? t('tenant') : undefined} aria-label={t('tenant')} placeholder={t('allTenants')} leftSection={<IconBuilding size={14} stroke={1.7} />}
        data={reference.tenants.map(({ id, name }) => ({ value: id, label: name }))} value={tenant[0] ?? null} onChange={(value) => params.set({ tenant: value })} />
      <Select {...common} w={labels ? '100%' : 128} label={labels ? t('site') : undefined} aria-label={t('site')} placeholder={t('allSites')} leftSection={<IconMapPin size={14} stroke={1.7} />}
        data={reference.sites.map(({ id, name }) => ({ value: id, label: name }))} value={site[0] ?? null} onChange={(value) => params.set({ site: value })} />
      <Select {...common} clearable={params.get('zone') !== null} w={labels ? '100%' : 148} label={labels ? t('zone') : undefined} aria-label={t('zone')} leftSection={<IconWorld size={14} stroke={1.7} />}
        data={zones.map((each) => ({ value: each, label: each.split('/').at(-1)?.replaceAll('_', ' ') ?? each }))} value={zone} onChange={(value) => params.set({ zone: value })} />
      {page?.hasRange && <RangePicker wide={labels} />}
    </>
  );
}

function ownZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
