'use client';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'use-intl';
import { useShared } from '../url/use-shared.ts';
import { pageOf, PAGES } from './pages.ts';
import classes from './shell.module.css';

export function TopNav() {
  return <nav className={classes.nav} aria-label={useTranslations('shell')('pages')}><Links size={16} /></nav>;
}

/** On a phone the pages are at the thumb. */
export function BottomNav() {
  return <nav className={classes.bottom} aria-label={useTranslations('shell')('pages')}><Links size={20} /></nav>;
}

function Links({ size }: { size: number }) {
  const t = useTranslations('shell');
  const current = pageOf(usePathname());
  const shared = useShared();
  return PAGES.map(({ id, href, icon: Icon }) => (
    <Link key={id} href={`${href}${shared}`} prefetch={false} className={classes.link} aria-current={current?.id === id ? 'page' : undefined} title={t(`page.${id}`)}>
      <Icon size={size} stroke={1.7} aria-hidden />
      <span>{t(`page.${id}`)}</span>
    </Link>
  ));
}
