'use client';
import { ActionIcon, Drawer } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { IncidentStrip } from '../incidents/strip.tsx';
import { ClientOnly } from '../parts/client-only.tsx';
import { useShared } from '../url/use-shared.ts';
import { AgeOfData } from './age-of-data.tsx';
import { Filters } from './filters.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { TopNav } from './nav.tsx';
import classes from './shell.module.css';
import { ThemeSwitch } from './theme-switch.tsx';

export function Header() {
  const t = useTranslations('shell');
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <header className={classes.header}>
      <div className={classes.bar}>
        <Link href={`/${useShared()}`} className={classes.brand} prefetch={false}>
          <svg width="22" height="22" viewBox="0 0 32 32" aria-hidden><rect width="32" height="32" rx="8" fill="var(--v-accent)" /><path d="M8 10l8 13 8-13" fill="none" stroke="var(--v-onAccent)" strokeWidth="3" strokeLinecap="round" strokeLinejoin="round" /><circle cx="16" cy="10" r="2.2" fill="var(--v-onAccent)" /></svg>
          Vigie
        </Link>
        <TopNav />
        <div className={classes.grow} />
        <ClientOnly>
          <div className={classes.filters}><Filters /></div>
          <AgeOfData />
        </ClientOnly>
        <div className={classes.tools}>
          <ActionIcon className={classes.filterButton} variant="subtle" color="gray" size="lg" onClick={open} aria-label={t('filters')}><IconAdjustmentsHorizontal size={18} stroke={1.7} /></ActionIcon>
          <LanguageSwitch />
          <ThemeSwitch />
        </div>
      </div>
      <ClientOnly><IncidentStrip /></ClientOnly>
      <Drawer opened={opened} onClose={close} position="bottom" title={t('filters')} size="auto" closeButtonProps={{ 'aria-label': t('close') }}>
        <div className={classes.drawerFilters}><Filters labels /></div>
      </Drawer>
    </header>
  );
}
