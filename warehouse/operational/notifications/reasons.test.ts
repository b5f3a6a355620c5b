import { expect, test } from 'vitest';
import { readSqlFile } from '../../sql-files.ts';
import { NOTIFICATION_REASONS, notificationReason } from './reasons.ts';

test('what the program says itself is known by a code, in time or too late', () => {
  for (const [code, words] of Object.entries(NOTIFICATION_REASONS)) {
    expect(notificationReason(words)).toEqual({ code, late: false, words });
    expect(notificationReason(`it could not be sent in time: ${words}`)).toEqual({ code, late: true, words });
  }
  expect(notificationReason('it could not be sent in time')).toEqual({ code: null, late: true, words: '' });
});

test('the statement that takes them says it in the same words', () => {
  const sql = readSqlFile('notifications/take.sql');
  for (const words of [NOTIFICATION_REASONS.interrupted, NOTIFICATION_REASONS['interrupted-twice'], 'it could not be sent in time']) expect(sql).toContain(`'${words}'`);
});

test.each([
  ['connect ECONNREFUSED 127.0.0.1:25', 'not-reached'], ['getaddrinfo ENOTFOUND mail.example', 'not-reached'], ['no answer within 15 s', 'too-slow'], ['Connection timeout', 'too-slow'], ['308 Permanent Redirect: it sends us elsewhere; set its new address', 'moved'],
  ['451 4.7.1 Greylisted', null], ['503 Service Unavailable', null],
])('%s is of a server: %s', (words, code) => {
  expect(notificationReason(words)).toEqual({ code, late: false, words });
});
