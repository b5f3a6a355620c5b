import { ClickHouseError } from '@clickhouse/client';
import { expect, test } from 'vitest';
import { isOfContent, memoryMayCome, toWarehouseError } from './errors.ts';

const said = (type: string, message = 'no'): ClickHouseError => new ClickHouseError({ message, code: '1', type });
const TOTAL = '(total) memory limit exceeded: would use 384.20 MiB\nStack trace';

test('what a question lacks memory for may be asked smaller; what nobody asks waits, and says so in words of its own', () => {
  for (const type of ['MEMORY_LIMIT_EXCEEDED', 'CANNOT_ALLOCATE_MEMORY', 'MEMORY_RESERVATION_FAILED']) {
    const asked = toWarehouseError(said(type, TOTAL), 'there');
    expect(asked).toMatchObject({ code: 'too-large', message: expect.stringContaining('ask a shorter range') });
    expect(memoryMayCome(asked, 'Loading x', 'it waits')).toMatchObject({
      code: 'unavailable', cause: { type }, message: 'Loading x failed, because ClickHouse has or allows too little memory ((total) memory limit exceeded: would use 384.20 MiB): it waits',
    });
  }
  for (const other of [toWarehouseError(said('TOO_MANY_PARTS'), 'there'), said('BAD_ARGUMENTS'), new Error('x')]) expect(memoryMayCome(other, 'Loading x', 'it waits')).toBe(other);
});

test('only what the server says of the content is the file\'s fault, whatever the name begins with', () => {
  const formats = (type: string): string[] => (['LineAsString', 'CSV', 'Parquet'] as const).filter((format) => isOfContent(said(type), format));
  for (const type of ['CANNOT_PARSE_TEXT', 'CANNOT_PARSE_INPUT_ASSERTION_FAILED', 'CANNOT_PARSE_QUOTED_STRING', 'CANNOT_PARSE_NUMBER', 'INCORRECT_DATA']) expect([type, formats(type)]).toEqual([type, ['LineAsString', 'CSV', 'Parquet']]);
  for (const type of ['TYPE_MISMATCH', 'CANNOT_READ_ALL_DATA']) expect([type, formats(type)]).toEqual([type, ['Parquet']]);
  for (const type of [
    'CANNOT_SCHEDULE_TASK', 'CANNOT_ALLOCATE_MEMORY', 'CANNOT_WRITE_TO_FILE_DESCRIPTOR', 'CANNOT_OPEN_FILE', 'CANNOT_READ_FROM_FILE_DESCRIPTOR', 'CANNOT_CREATE_DIRECTORY', 'CANNOT_FSYNC',
    'CANNOT_CLOCK_GETTIME', 'CANNOT_MREMAP', 'CANNOT_READ_FROM_SOCKET', 'CANNOT_STATVFS', 'CANNOT_COMPILE_CODE', 'CANNOT_PARSE_YAML', 'MEMORY_LIMIT_EXCEEDED', 'STD_EXCEPTION', '',
  ]) expect([type, formats(type)]).toEqual([type, []]);
  expect(isOfContent(new Error('CANNOT_PARSE_TEXT'), 'CSV')).toBe(false);
});
