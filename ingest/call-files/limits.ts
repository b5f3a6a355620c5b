/** What a file of contacts may hold at most. Whatever passes a limit is refused with its reason, before it takes memory or time. */
export const LIMITS = {
  fileBytes: 2 * 1024 ** 3,
  rows: 5_000_000,
  columns: 200,
  /** Characters. */
  cell: 10_000,
  row: 200_000,
  /** Of a workbook: everything unpacked, and how much larger than the file that may be. */
  unpackedBytes: 6 * 1024 ** 3,
  unpackedTimes: 200,
  /** Below this a workbook may be packed as tightly as it likes. */
  unpackedFreeBytes: 16 * 1024 ** 2,
  /** Texts that a workbook keeps beside its sheets, in characters. */
  sharedText: 256 * 1024 ** 2,
  workbookParts: 2000,
} as const;
