'use client';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'use-intl';
import type { ReactNode } from 'react';
import { ClientOnly } from '../parts/client-only.tsx';
import { isOutside } from '../sign/is-outside.ts';
import outside from '../sign/sign.module.css';
import { Header } from './header.tsx';
import { Keyboard } from './keyboard.tsx';
import { BottomNav } from './nav.tsx';
import { NoReference } from './no-reference.tsx';
import classes from './shell.module.css';
import { SlowNotice } from './slow-notice.tsx';

export function Shell({ children }: { children: ReactNode }) {
  const t = useTranslations('shell');
  if (isOutside(usePathname())) return <main id="content" className={outside.outside}>{children}</main>;
  return (
    <>
      <a className="skip" href="#content">{t('skip')}</a>
      <Header />
      <main id="content" className={classes.main} tabIndex={-1}>
        <ClientOnly><NoReference /><SlowNotice />{children}</ClientOnly>
      </main>
      <BottomNav />
      <Keyboard />
    </>
  );
}
