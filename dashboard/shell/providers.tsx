'use client';
import { MantineProvider } from '@mantine/core';
import { DatesProvider } from '@mantine/dates';
import { Notifications } from '@mantine/notifications';
import 'dayjs/locale/fr';
import { useState, type ReactNode } from 'react';
import { Provider as GraphqlProvider } from 'urql';
import { IntlProvider } from 'use-intl';
import { createGraphqlClient } from '../graphql/client.ts';
import type { Language } from '../i18n/languages.ts';
import type { messagesOf } from '../i18n/messages.ts';
import { OpenIncidentsProvider } from '../incidents/open-incidents.tsx';
import { cssVariablesResolver, theme } from '../theme/theme.ts';
import { DataAgeProvider } from './data-age.tsx';
import { SlowQuestionsProvider } from './slow-notice.tsx';

interface Props { language: Language; messages: ReturnType<typeof messagesOf>; children: ReactNode }

export function Providers({ language, messages, children }: Props) {
  const [{ client, slow }] = useState(createGraphqlClient);
  return (
    <IntlProvider locale={language} messages={messages} timeZone="UTC">
      <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} defaultColorScheme="auto">
        <DatesProvider settings={{ locale: language, firstDayOfWeek: 1 }}>
          <GraphqlProvider value={client}>
            <SlowQuestionsProvider slow={slow}>
              <DataAgeProvider>
                <Notifications position="bottom-center" limit={3} />
                <OpenIncidentsProvider>{children}</OpenIncidentsProvider>
              </DataAgeProvider>
            </SlowQuestionsProvider>
          </GraphqlProvider>
        </DatesProvider>
      </MantineProvider>
    </IntlProvider>
  );
}
