'use client';
import { Button } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'use-intl';
import { LANGUAGE_COOKIE, type Language } from '../i18n/languages.ts';

export function LanguageSwitch() {
  const t = useTranslations('shell');
  const router = useRouter();
  const other: Language = useLocale() === 'fr' ? 'en' : 'fr';
  const change = () => {
    document.cookie = `${LANGUAGE_COOKIE}=${other}; path=/; max-age=31536000; samesite=lax`;
    router.refresh();
  };
  return <Button variant="subtle" color="gray" size="compact-sm" px={8} onClick={change} lang={other} aria-label={`${other.toUpperCase()} – ${t('otherLanguage')}`}>{other.toUpperCase()}</Button>;
}
