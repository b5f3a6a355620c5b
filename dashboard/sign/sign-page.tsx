'use client';
import { IntlProvider, useLocale, useMessages } from 'use-intl';
import { useState } from 'react';
import { useClient, useQuery } from 'urql';
import { problemOf } from '../graphql/problem-of.ts';
import type { Language } from '../i18n/languages.ts';
import type { messagesOf } from '../i18n/messages.ts';
import { Skeleton } from '../parts/states.tsx';
import { useMounted } from '../parts/use-mounted.ts';
import { SIGN_DOCUMENT, SIGNING_REQUEST, type Signing } from './sign-query.ts';
import { SignRefused } from './sign-refused.tsx';
import { SignSheet } from './sign-sheet.tsx';
import classes from './sign.module.css';

interface Props { token: string; /** Of this page, in both languages. */ words: Record<Language, ReturnType<typeof messagesOf>['sign']> }

/** A personal link: what it asks to sign, in the language of whom it was sent to. */
export function SignPage({ token, words }: Props) {
  const locale = useLocale();
  const messages = useMessages();
  const client = useClient();
  const mounted = useMounted();
  const [{ data, error, fetching }, look] = useQuery({ query: SIGNING_REQUEST, variables: { token }, pause: !mounted, requestPolicy: 'network-only' });
  const [signed, setSigned] = useState<Signing | null>(null);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const asked = data?.result;
  const request = asked?.__typename === 'SigningRequest' ? asked : null;
  const now = signed ?? asked;
  const language = request?.language ?? (locale === 'fr' ? 'fr' : 'en');
  const sign = async (typedName: string): Promise<void> => {
    if (!request || busy) return;
    setBusy(true);
    setFailed(false);
    const answer = await client.mutation(SIGN_DOCUMENT, { token, typedName, sha256: request.sha256 }).toPromise();
    setBusy(false);
    const result = answer.data?.result;
    // An entry that was not taken leaves the sheet as it is.
    if (!result || (result.__typename === 'SigningRefused' && (result.code === 'busy' || result.code === 'invalid'))) setFailed(true);
    else setSigned(result);
  };
  return (
    <IntlProvider locale={language} messages={{ ...messages, sign: words[language] }} timeZone="UTC">
      <div className={classes.sheet} lang={language} data-testid="sign" data-state={stateOf(now, error !== undefined)}>
        {now?.__typename === 'SigningRequest' ? <SignSheet request={now} token={token} busy={busy} failed={failed} onSign={(name) => void sign(name)} />
          : now ? <SignRefused refused={now} />
          : error && !fetching ? <SignRefused refused={problemOf(error) === 'network' ? 'network' : 'server'} retry={() => look({ requestPolicy: 'network-only' })} />
          : <div aria-busy="true"><Skeleton height={420} /></div>}
      </div>
    </IntlProvider>
  );
}

function stateOf(now: Signing | undefined, failed: boolean): string {
  if (!now) return failed ? 'failed' : 'loading';
  return now.__typename === 'SigningRefused' ? now.code : now.signedAt === null ? 'open' : 'signed';
}
