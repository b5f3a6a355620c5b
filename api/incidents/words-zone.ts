import { GraphQLError } from 'graphql';
import type { ApiContext } from '../context.ts';
import { boardZone, isZone } from '../live/day.ts';

/** In whose zone instants are written in words. @throws GraphQLError `INVALID_QUERY` */
export function wordsZone(asked: string | null | undefined, { directory, viewer }: Pick<ApiContext, 'directory' | 'viewer'>): string {
  if (asked && !isZone(asked)) throw new GraphQLError('the zone is not an IANA time zone', { extensions: { code: 'INVALID_QUERY' } });
  return boardZone(directory.configuration(), viewer.scope, { zone: asked ?? null });
}
