'use client';
import type { ResultOf } from 'gql.tada';
import { useQuery } from 'urql';
import { CONTACTS } from './catalogue-query.ts';

type Contacts = NonNullable<ResultOf<typeof CONTACTS>['incidentRules']>['contacts'];

/** People whom the house knows; none for who sees a part of it only. */
export function useContacts(): Contacts {
  const [{ data }] = useQuery({ query: CONTACTS, requestPolicy: 'cache-first' });
  return data?.incidentRules?.contacts ?? [];
}
