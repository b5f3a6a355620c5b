'use client';
import { useEffect } from 'react';
import type { Reference } from '../graphql/reference-query.ts';
import { useReference } from '../url/use-reference.ts';
import type { LiveBoard } from './live-query.ts';

/** Names and rules as the board knows them: asked again when the configuration changed behind the open page. */
export function useBoardReference(board: LiveBoard | null): Reference {
  const { reference, loaded, retry } = useReference();
  const known = loaded ? reference.configurationMark : undefined;
  const drawnWith = board?.configurationMark;
  useEffect(() => {
    if (known !== undefined && drawnWith !== undefined && known !== drawnWith) retry();
    // Once for each difference: where the answer is newer than the board, the next board follows.
  }, [known, drawnWith, retry]);
  return reference;
}
