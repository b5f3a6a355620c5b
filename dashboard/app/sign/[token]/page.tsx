import type { Metadata } from 'next';
import { messagesOf } from '../../../i18n/messages.ts';
import { SignPage } from '../../../sign/sign-page.tsx';

/** The address is a secret: it goes to nobody else. */
export const metadata: Metadata = { title: { absolute: 'Signature · Vigie' }, referrer: 'no-referrer', robots: { index: false, follow: false } };

export default async function Page({ params }: { params: Promise<{ token: string }> }) {
  return <SignPage token={(await params).token} words={{ fr: messagesOf('fr').sign, en: messagesOf('en').sign }} />;
}
