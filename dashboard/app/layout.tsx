import '@fontsource-variable/inter/index.css';
import '@mantine/core/styles.css';
import '@mantine/dates/styles.css';
import '@mantine/charts/styles.css';
import '@mantine/notifications/styles.css';
import '../theme/global.css';
import { ColorSchemeScript, mantineHtmlProps } from '@mantine/core';
import type { Metadata, Viewport } from 'next';
import { cookies, headers } from 'next/headers';
import type { ReactNode } from 'react';
import { chooseLanguage, LANGUAGE_COOKIE } from '../i18n/languages.ts';
import { messagesOf } from '../i18n/messages.ts';
import { Providers } from '../shell/providers.tsx';
import { Shell } from '../shell/shell.tsx';
import { dark, light } from '../theme/tokens.ts';

export const metadata: Metadata = { title: { default: 'Vigie', template: '%s · Vigie' }, robots: { index: false } };
export const viewport: Viewport = { themeColor: [{ media: '(prefers-color-scheme: light)', color: light.page }, { media: '(prefers-color-scheme: dark)', color: dark.page }] };

export default async function RootLayout({ children }: { children: ReactNode }) {
  const asked = await headers();
  const language = chooseLanguage((await cookies()).get(LANGUAGE_COOKIE)?.value, asked.get('accept-language'));
  const nonce = /'nonce-([^']+)'/.exec(asked.get('content-security-policy') ?? '')?.[1];
  return (
    <html lang={language} {...mantineHtmlProps}>
      <head><ColorSchemeScript nonce={nonce} defaultColorScheme="auto" /></head>
      <body>
        <Providers language={language} messages={messagesOf(language)}>
          <Shell>{children}</Shell>
        </Providers>
      </body>
    </html>
  );
}
