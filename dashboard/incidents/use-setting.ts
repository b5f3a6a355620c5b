'use client';
import type { TadaDocumentNode } from 'gql.tada';
import { useLocale, useTranslations } from 'use-intl';
import { useCallback, useState } from 'react';
import { useClient, type AnyVariables } from 'urql';
import type { SettingOutcome } from './catalogue-query.ts';

/** Changes a setting; a refusal is told in the server's words, and what was typed stays. */
export function useSetting() {
  const t = useTranslations('incidents');
  const language = useLocale() === 'fr' ? 'fr' as const : 'en' as const;
  const client = useClient();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const put = useCallback(async <Variables extends AnyVariables>(document: TadaDocumentNode<{ result: SettingOutcome }, Variables>, variables: Variables): Promise<boolean> => {
    setBusy(true);
    setRefused(null);
    const { data } = await client.mutation(document, variables).toPromise();
    setBusy(false);
    const result = data?.result;
    if (result?.__typename === 'SettingKept') return true;
    setRefused(result ? (result.by === null ? result.reason : `${result.reason} (${result.by})`) : t('failed'));
    return false;
  }, [client, t]);
  return { busy, refused, put, language };
}
