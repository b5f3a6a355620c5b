import { open } from 'node:fs/promises';
import { isAscii, isUtf8 } from 'node:buffer';
import { analyse } from 'chardet';
import { CallFileRefused } from './refusal.ts';

const PART_BYTES = 1 << 20;
/** Of the bytes that say something about the encoding. */
const SAMPLE_BYTES = 1 << 18;
/** What a guess may come to; each is read by `TextDecoder`. */
const READABLE = new Map([
  ['ISO-8859-1', 'windows-1252'], ['windows-1252', 'windows-1252'], ['ISO-8859-2', 'windows-1250'], ['windows-1250', 'windows-1250'], ['ISO-8859-9', 'windows-1254'], ['windows-1254', 'windows-1254'],
  ['UTF-16LE', 'utf-16le'], ['UTF-16BE', 'utf-16be'], ['UTF-8', 'utf-8'], ['ASCII', 'utf-8'],
]);

/**
 * The encoding of a text file: its mark, else UTF-8 when all of it is, else what chardet takes its other bytes for.
 * @returns a label of `TextDecoder`. @throws CallFileRefused for what is no text, or text that nobody reads here.
 */
export async function encodingOf(path: string): Promise<string> {
  const { head, utf8, sample } = await look(path);
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const zeros = zeroShares(head);
  // Without a mark: text of Western letters has a zero in every other byte.
  if (zeros.odd > 0.3 && zeros.even < 0.05) return 'utf-16le';
  if (zeros.even > 0.3 && zeros.odd < 0.05) return 'utf-16be';
  if (head.includes(0)) throw new CallFileRefused('binary');
  if (utf8) return 'utf-8';
  for (const { name } of analyse(sample)) {
    const label = READABLE.get(name);
    if (label === undefined || label.startsWith('utf')) continue;
    return label;
  }
  throw new CallFileRefused('wrong-encoding');
}

async function look(path: string): Promise<{ head: Buffer; utf8: boolean; sample: Buffer }> {
  const file = await open(path);
  try {
    const sample: Buffer[] = [];
    let head: Buffer | null = null;
    let utf8 = true;
    let kept = 0;
    let rest = Buffer.alloc(0);
    const buffer = Buffer.alloc(PART_BYTES);
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, PART_BYTES, null);
      if (bytesRead === 0) break;
      const part = Buffer.concat([rest, buffer.subarray(0, bytesRead)]);
      head ??= Buffer.from(part.subarray(0, 65_536));
      if (isAscii(part)) {
        rest = Buffer.alloc(0);
        continue;
      }
      const cut = wholeCharacters(part);
      utf8 &&= isUtf8(part.subarray(0, cut));
      rest = Buffer.from(part.subarray(cut));
      if (kept < SAMPLE_BYTES) {
        const from = Math.max(0, part.findIndex((byte) => byte > 127) - 2000);
        sample.push(Buffer.from(part.subarray(from, from + SAMPLE_BYTES - kept)));
        kept += Math.min(part.length - from, SAMPLE_BYTES - kept);
      }
      if (!utf8 && kept >= SAMPLE_BYTES) break;
    }
    return { head: head ?? Buffer.alloc(0), utf8: utf8 && isUtf8(rest), sample: Buffer.concat(sample) };
  } finally {
    await file.close();
  }
}

/** Up to where UTF-8 has no character that is cut in two. */
function wholeCharacters(part: Buffer): number {
  for (let back = 1; back <= Math.min(4, part.length); back++) {
    const byte = part[part.length - back] ?? 0;
    if (byte < 0x80) return part.length;
    if (byte >= 0xc0) return part.length - (back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0);
  }
  return part.length;
}

function zeroShares(head: Buffer): { even: number; odd: number } {
  const count = [0, 0];
  const length = Math.min(head.length, 4096);
  for (let index = 0; index < length; index++) if (head[index] === 0) count[index % 2] = (count[index % 2] ?? 0) + 1;
  return { even: (count[0] ?? 0) / Math.max(1, length / 2), odd: (count[1] ?? 0) / Math.max(1, length / 2) };
}
