'use client';
import { useTranslations } from 'use-intl';
import { useFormats } from '../format/use-formats.ts';
import { useReference } from '../url/use-reference.ts';
import { useCatalogue } from './use-catalogue.ts';

interface Affects { tenants: readonly string[]; sites: readonly string[]; queues: readonly string[]; components: readonly { component: string; share: number }[] }

/** What is affected, in words: names of sites, queues and clients, components with the share that is down. */
export function useAffected(): (affects: Affects) => string[] {
  const t = useTranslations('incidents');
  const formats = useFormats();
  const { reference } = useReference();
  const { components: known } = useCatalogue();
  const named = (list: readonly { id: string; name: string }[], ids: readonly string[]) => ids.map((id) => list.find((each) => each.id === id)?.name ?? id);
  return ({ tenants, sites, queues, components }) => [
    ...(tenants.length + sites.length + queues.length === 0 ? [t('everything')] : []),
    ...named(reference.tenants, tenants), ...named(reference.sites, sites), ...named(reference.queues, queues),
    ...components.map(({ component, share }) => {
      const name = known.find(({ slug }) => slug === component)?.label ?? component;
      return share < 1 ? `${name} (${formats.axis('RATIO', share)})` : name;
    }),
  ];
}
