'use client';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'use-intl';
import { useShared } from '../url/use-shared.ts';
import classes from './incidents.module.css';

const TABS = [{ id: 'incidents', href: '/incidents' }, { id: 'sla', href: '/incidents/sla' }, { id: 'catalogue', href: '/incidents/catalogue' }, { id: 'rules', href: '/incidents/rules' }] as const;

/** The pages under the one entry of the navigation. */
export function SubTabs() {
  const t = useTranslations('incidents');
  const pathname = usePathname();
  const shared = useShared();
  return (
    <nav className={classes.tabs} aria-label={t('tabs.label')}>
      {TABS.map(({ id, href }) => <Link key={id} href={`${href}${shared}`} prefetch={false} aria-current={pathname === href ? 'page' : undefined}>{t(`tabs.${id}`)}</Link>)}
    </nav>
  );
}
