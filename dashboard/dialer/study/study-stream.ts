import { createClient } from 'graphql-sse';
import { stringifyDocument } from 'urql';
import { ENDPOINT, REQUEST_HEADERS } from '../../graphql/endpoint.ts';
import { STUDY, type StudyProgress, type StudyVariables } from './study-query.ts';

export type StudyEvent = { kind: 'progress'; progress: StudyProgress } | { kind: 'refused'; code: 'busy' | 'invalid' | 'network' };

/** Follows one study; leaving it ends it on the server. It is never asked again by itself: it costs a processor. */
export function followStudy(variables: StudyVariables, onEvent: (event: StudyEvent) => void, url = ENDPOINT): () => void {
  const client = createClient({ url, headers: REQUEST_HEADERS, singleConnection: false, retryAttempts: 0 });
  let over = false;
  const refuse = (code: 'busy' | 'invalid' | 'network') => {
    if (over) return;
    over = true;
    onEvent({ kind: 'refused', code });
  };
  const stop = client.subscribe<{ study: StudyProgress }>({ query: stringifyDocument(STUDY), variables }, {
    next: ({ data, errors }) => {
      if (over) return;
      if (!data) { refuse(errors?.some(({ extensions }) => extensions?.['code'] === 'TOO_MANY') ? 'busy' : 'invalid'); return; }
      over = data.study.state === 'DONE' || data.study.state === 'FAILED';
      onEvent({ kind: 'progress', progress: data.study });
    },
    error: () => refuse('network'),
    complete: () => refuse('network'),
  });
  return () => {
    over = true;
    stop();
    client.dispose();
  };
}
