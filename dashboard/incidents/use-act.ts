'use client';
import type { TadaDocumentNode } from 'gql.tada';
import { useLocale, useTranslations } from 'use-intl';
import { useCallback, useRef, useState } from 'react';
import { useClient, type AnyVariables } from 'urql';
import type { Outcome } from './commands.ts';
import { newId } from './rules/prepare-rules.ts';

export interface ActState {
  busy: boolean;
  /** Why the last one was not done, in words. */
  refused: string | null;
  /** The reader's language, in which refusals are told. */
  language: 'fr' | 'en';
  /** True = it is done. */
  run<Variables extends AnyVariables>(document: TadaDocumentNode<{ result: Outcome }, Variables>, variables: Variables): Promise<boolean>;
  /** The same with everything that the server said; null = it said nothing. */
  ask<Variables extends AnyVariables>(document: TadaDocumentNode<{ result: Outcome }, Variables>, variables: Variables): Promise<Outcome | null>;
}

/** Does things to an incident, one at a time. What is written stays where it was written until the server has it. */
export function useAct(): ActState {
  const t = useTranslations('incidents');
  const language = useLocale() === 'fr' ? 'fr' : 'en';
  const client = useClient();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  /** Nobody knows whether the last one was done: tried again it is the same act, which is done once. */
  const unanswered = useRef<{ document: unknown; given: string; id: string } | null>(null);
  const ask: ActState['ask'] = useCallback(async (document, variables) => {
    setBusy(true);
    setRefused(null);
    const given = JSON.stringify(variables);
    const { id } = unanswered.current = unanswered.current?.document === document && unanswered.current.given === given ? unanswered.current : { document, given, id: newId() };
    const { data } = await client.mutation(document, { ...variables, id }).toPromise();
    setBusy(false);
    const result = data?.result ?? null;
    if (result) unanswered.current = null;
    if (result?.__typename !== 'IncidentActDone') setRefused(result ? (result.by === null ? result.reason : `${result.reason} (${result.by})`) : t('failed'));
    return result;
  }, [client, t]);
  const run: ActState['run'] = useCallback(async (document, variables) => (await ask(document, variables))?.__typename === 'IncidentActDone', [ask]);
  return { busy, refused, language, run, ask };
}
