import type { z } from 'zod';
import type { Language } from './event-words.ts';

/** What is wrong with something that was entered, in the words of either language. */
export type Complaint = Record<Language, string>;
type Issue = z.core.$ZodIssue;

/** Which field, and what is wrong with it: the first of all. `nameOf` says what a field is called on the screen. */
export function complaintOf({ issues: [issue] }: z.ZodError, nameOf: (path: string) => Complaint = (path) => ({ fr: path, en: path })): Complaint {
  if (!issue) return { fr: '', en: '' };
  const name = nameOf(issue.path.join('.'));
  const words = wordsOf(issue);
  return { fr: [name.fr, words.fr].filter((part) => part !== '').join(' : ').slice(0, 300), en: [name.en, words.en].filter((part) => part !== '').join(': ').slice(0, 300) };
}

function wordsOf(issue: Issue): Complaint {
  switch (issue.code) {
    case 'too_small': return bound(issue.origin, issue.minimum, issue.inclusive === true ? { fr: 'au moins', en: 'at least' } : { fr: 'plus de', en: 'more than' });
    case 'too_big': return bound(issue.origin, issue.maximum, issue.inclusive === true ? { fr: 'au plus', en: 'at most' } : { fr: 'moins de', en: 'less than' });
    case 'invalid_type': return issue.expected === 'number' || issue.expected === 'int' ? { fr: 'un nombre est attendu', en: 'a number is expected' } : { fr: 'manque, ou n’est pas de la bonne sorte', en: 'missing, or of the wrong kind' };
    case 'invalid_format': return { fr: 'n’a pas la forme attendue', en: issue.message };
    default: return { fr: 'valeur refusée', en: issue.message };
  }
}

function bound(origin: string, limit: number | bigint, words: Complaint): Complaint {
  const [fr, en] = origin === 'string' ? [' caractères', ' characters'] : ['', ''];
  return { fr: `${words.fr} ${limit}${fr}`, en: `${words.en} ${limit}${en}` };
}
