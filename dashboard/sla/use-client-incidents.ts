'use client';
import { useLocale } from 'use-intl';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useClient, type Client } from 'urql';
import { problemOf, type Problem } from '../graphql/problem-of.ts';
import { useLookAgain } from '../parts/use-look-again.ts';
import { CLIENT_INCIDENTS, type ClientIncident } from './sla-query.ts';

const MOST_PAGES = 10;
const LOOK_MS = 60_000;

interface Range { tenant: string; /** Instants. */ from: string; to: string }
interface Known { key: string; incidents: readonly ClientIncident[] | null; more: boolean; problem: Problem | null }

/** All that touched a client in a range, the newest first: a sheet that is printed has no button for the next page. `more`: there are others still. */
export function useClientIncidents({ tenant, from, to, paused }: Range & { paused: boolean }): Omit<Known, 'key'> & { retry(): void } {
  const language = useLocale() === 'fr' ? 'fr' as const : 'en' as const;
  const client = useClient();
  const [known, setKnown] = useState<Known | null>(null);
  const run = useRef(0);
  const key = JSON.stringify([tenant, from, to, language]);
  const look = useCallback(() => {
    const own = run.current += 1;
    void readAll(client, { tenant, language, from, to }).then((answer) => {
      // What was read a minute ago stays when the server does not answer.
      if (run.current === own) setKnown((last) => (answer.incidents === null && last?.key === key && last.incidents !== null ? last : { key, ...answer }));
    });
  }, [client, key, tenant, language, from, to]);
  useEffect(() => {
    if (paused) return undefined;
    look();
    return () => { run.current += 1; };
  }, [look, paused]);
  useLookAgain(look, LOOK_MS, paused);
  const shown = known?.key === key ? known : null;
  return { incidents: shown?.incidents ?? null, more: shown?.more ?? false, problem: shown?.problem ?? null, retry: look };
}

async function readAll(client: Client, range: Range & { language: 'fr' | 'en' }): Promise<Omit<Known, 'key'>> {
  const incidents: ClientIncident[] = [];
  let before: number | null = null;
  for (let pages = 0; pages === 0 || (before !== null && pages < MOST_PAGES); pages += 1) {
    const { data, error } = await client.query(CLIENT_INCIDENTS, { ...range, before }, { requestPolicy: 'network-only' }).toPromise();
    if (!data) return { incidents: null, more: false, problem: problemOf(error) };
    incidents.push(...data.clientIncidents.incidents);
    before = data.clientIncidents.before;
  }
  return { incidents, more: before !== null, problem: null };
}
