'use client';
import { useLocale, useTranslations } from 'use-intl';
import { useCallback, useEffect, useState } from 'react';
import { useClient, useQuery, type CombinedError } from 'urql';
import { problemOf, type Problem } from '../graphql/problem-of.ts';
import { useKept } from '../parts/use-kept.ts';
import { DISCARD_UPLOAD, IMPORT_UPLOAD, MAP_UPLOAD, UPLOAD, type Field, type Upload } from './call-files-query.ts';

const LOOK_MS = 600;

export interface UploadState {
  /** Null = it is gone; undefined = not known yet. */
  upload: Upload | null | undefined;
  /** Beside an upload: it is as it was before. */
  problem: Problem | null;
  /** Why columns cannot be what was asked for. */
  refused: string | null;
  busy: boolean;
  map(mapping: { field: Field; column: string }[], country: string): void;
  begin(): void;
  look(): void;
  discard(): Promise<void>;
}

/** A file that was sent, looked at again as long as something moves. */
export function useUpload(id: string): UploadState {
  const language = useLocale() === 'fr' ? 'fr' : 'en';
  const t = useTranslations('callFiles');
  const client = useClient();
  const [{ data, error }, ask] = useQuery({ query: UPLOAD, variables: { id, language }, requestPolicy: 'network-only' });
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const look = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  const upload = useKept(data?.callFileUpload);
  // A server that does not answer is asked again too.
  const moves = error !== undefined || (upload?.import ? ['READING', 'COMPARING'].includes(upload.import.stage) : upload?.check?.done === false);
  useEffect(() => {
    if (!moves) return undefined;
    const timer = setInterval(look, LOOK_MS);
    return () => clearInterval(timer);
  }, [moves, look]);
  const during = async (work: () => Promise<CombinedError | undefined>): Promise<void> => {
    setBusy(true);
    setRefused(null);
    const kept = problemOf(await work());
    if (kept) setRefused(t(kept === 'elsewhere' ? 'elsewhere' : 'notDone'));
    setBusy(false);
    look();
  };
  return {
    upload, busy, refused, look,
    problem: problemOf(error),
    map: (mapping, country) => void during(async () => {
      const { data: answer, error: failed } = await client.mutation(MAP_UPLOAD, { upload: id, mapping, country, language }).toPromise();
      if (answer?.result?.__typename === 'CallFileRefusal') setRefused(answer.result.reason);
      return failed;
    }),
    begin: () => void during(async () => (await client.mutation(IMPORT_UPLOAD, { upload: id }).toPromise()).error),
    discard: async () => { await client.mutation(DISCARD_UPLOAD, { upload: id }).toPromise(); },
  };
}
