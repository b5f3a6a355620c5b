import { expect, test } from 'vitest';
import { parseCallsQuestion } from './question.ts';

test('filters of the address', () => {
  expect(parseCallsQuestion('?tenant=ocm&queue=101,102&fate=ABANDONED,ANSWERED&minWait=30&caller=%2B237%206&order=LONGEST_WAIT&direction=INBOUND')).toMatchObject({
    where: { tenant: ['ocm'], queue: ['101', '102'], fate: ['ANSWERED', 'ABANDONED'], minWaitSeconds: 30, caller: '2376', direction: ['INBOUND'] }, order: 'LONGEST_WAIT',
  });
});

test('an empty address filters nothing', () => {
  expect(parseCallsQuestion('').where).toEqual({});
});

test('what it does not understand is left out', () => {
  expect(parseCallsQuestion("?fate=LOST&minWait=-1&order=x&direction=UP&caller=';drop").where).toEqual({});
});

test('a whole call id is searched as such', () => {
  expect(parseCallsQuestion(`?caller=${'ab'.repeat(16)}`).where).toEqual({ callId: 'AB'.repeat(16) });
});
