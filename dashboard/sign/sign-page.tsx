'use client';
import { IntlProvider, useLocale, useMessages } from 'use-intl';
import { useEffect, useState } from 'react';
import type { Language } from '../i18n/languages.ts';
import type { messagesOf } from '../i18n/messages.ts';
import { Skeleton } from '../parts/states.tsx';
import { askToSign, signDocument, type Signing } from './sign-door.ts';
import { SignRefused } from './sign-refused.tsx';
import { SignSheet } from './sign-sheet.tsx';
import classes from './sign.module.css';

interface Props { token: string; /** Of this page, in both languages. */ words: Record<Language, ReturnType<typeof messagesOf>['sign']> }

/** An entry that was not taken leaves the sheet as it is. */
const NOT_TAKEN: readonly string[] = ['busy', 'invalid', 'network', 'server'];
/** Nothing is wrong with the link. */
const AGAIN: readonly string[] = ['network', 'server'];

/** A personal link: what it asks to sign, in the language of whom it was sent to. */
export function SignPage({ token, words }: Props) {
  const locale = useLocale();
  const messages = useMessages();
  const [asked, setAsked] = useState<Signing | null>(null);
  const [signed, setSigned] = useState<Signing | null>(null);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const leaving = new AbortController();
    void askToSign(token, leaving.signal).then((answer) => { if (!leaving.signal.aborted) setAsked(answer); });
    return () => leaving.abort();
  }, [token]);
  const request = asked && 'request' in asked ? asked.request : null;
  const now = signed ?? asked;
  const language = request?.language ?? (locale === 'fr' ? 'fr' : 'en');
  const sign = async (typedName: string): Promise<void> => {
    if (!request || busy) return;
    setBusy(true);
    setFailed(false);
    const answer = await signDocument(token, { typedName, sha256: request.sha256 });
    setBusy(false);
    if ('refused' in answer && NOT_TAKEN.includes(answer.refused.code)) setFailed(true);
    else setSigned(answer);
  };
  const retry = (): void => {
    setAsked(null);
    void askToSign(token).then(setAsked);
  };
  return (
    <IntlProvider locale={language} messages={{ ...messages, sign: words[language] }} timeZone="UTC">
      <div className={classes.sheet} lang={language} data-testid="sign" data-state={stateOf(now)}>
        {!now ? <div aria-busy="true"><Skeleton height={420} /></div>
          : 'request' in now ? <SignSheet request={now.request} token={token} busy={busy} failed={failed} onSign={(name) => void sign(name)} />
          : <SignRefused refused={now.refused} {...(AGAIN.includes(now.refused.code) ? { retry } : {})} />}
      </div>
    </IntlProvider>
  );
}

function stateOf(now: Signing | null): string {
  if (!now) return 'loading';
  return 'refused' in now ? now.refused.code : now.request.signedAt === null ? 'open' : 'signed';
}
