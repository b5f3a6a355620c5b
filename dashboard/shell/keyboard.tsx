'use client';
import { Kbd, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'use-intl';
import { useEffect, useRef } from 'react';
import { useShared } from '../url/use-shared.ts';
import { PAGES } from './pages.ts';
import classes from './shell.module.css';

/** `/` search, `g` then a page's letter, `?` this help; Esc closes whatever is open. */
export function Keyboard() {
  const t = useTranslations('shell');
  const router = useRouter();
  const shared = useShared();
  const [opened, { open, close }] = useDisclosure(false);
  const leader = useRef(0);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (event.key === '?') open();
      else if (event.key === '/') focusSearch(event);
      else if (event.key === 'g') { leader.current = event.timeStamp; return; }
      else if (event.timeStamp - leader.current < 1500) {
        const page = PAGES.find(({ key }) => key === event.key);
        if (page) router.push(`${page.href}${shared}`);
      }
      leader.current = 0;
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [router, shared, open]);
  return (
    <Modal opened={opened} onClose={close} title={t('keys.title')} size="sm" closeButtonProps={{ 'aria-label': t('close') }}>
      <div className={classes.keys}>
        {PAGES.map(({ id, key }) => <Row key={id} keys={['g', key]} text={t(`page.${id}`)} />)}
        <Row keys={['/']} text={t('keys.search')} />
        <Row keys={['↑', '↓']} text={t('keys.arrows')} />
        <Row keys={['Enter']} text={t('keys.open')} />
        <Row keys={['Esc']} text={t('keys.close')} />
        <Row keys={['?']} text={t('keys.help')} />
      </div>
    </Modal>
  );
}

function Row({ keys, text }: { keys: string[]; text: string }) {
  return <><span>{keys.map((key) => <Kbd key={key} mr={4}>{key}</Kbd>)}</span><span>{text}</span></>;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

function focusSearch(event: KeyboardEvent): void {
  const field = document.querySelector<HTMLElement>('[data-search]');
  if (!field) return;
  event.preventDefault();
  field.focus();
}
