import type { Language } from '../../ingest/call-files/words.ts';

/** Why a file is not received, whatever it holds. What only a program can do wrong is told in English only, by the door itself. */
export const DOOR_WORDS = {
  receiving: { en: 'other files are being received: send it again in a moment', fr: 'd’autres fichiers sont en cours de réception : renvoyez-le dans un instant' },
  waiting: { en: 'too many files wait to be imported: import or discard one', fr: 'trop de fichiers attendent leur import : importez ou écartez-en un' },
  campaign: { en: 'there is no such outbound campaign', fr: 'cette campagne sortante n’existe pas' },
  client: { en: 'there is no such client', fr: 'ce client n’existe pas' },
} as const satisfies Record<string, Record<Language, string>>;
