import type { ServerResponse } from 'node:http';
import { brokenEnd } from '../../warehouse/arrow/whole.ts';
import type { TableAnswer } from '../../warehouse/warehouse.ts';

export const ARROW_STREAM = 'application/vnd.apache.arrow.stream';

/**
 * Sends a table as it is computed, no faster than the client reads. What belongs to the whole of it is in headers. An error in
 * its middle ends the connection without the transfer's end, behind bytes that no reader of Arrow takes for an end.
 *
 * @throws the stream's error, when the answer has been broken off.
 */
export async function sendTable(response: ServerResponse, { stream, zone, fromUtc, toUtc, loadMark }: TableAnswer): Promise<void> {
  const reader = stream.getReader();
  const leave = (): void => void reader.cancel().catch(() => {});
  response.once('close', leave);
  if (response.destroyed) return leave();
  response.writeHead(200, { 'content-type': ARROW_STREAM, 'cache-control': 'no-store', 'vigie-zone': zone, 'vigie-from': fromUtc, 'vigie-to': toUtc, 'vigie-load-mark': String(loadMark) });
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (!response.write(value)) await drained(response);
    }
    response.end();
  } catch (error) {
    if (response.destroyed) return;
    response.write(brokenEnd(error instanceof Error ? error.message : String(error)), () => response.destroy());
    throw error;
  } finally {
    response.removeListener('close', leave);
  }
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      response.removeListener('drain', go);
      response.removeListener('close', go);
      resolve();
    };
    response.once('drain', go);
    response.once('close', go);
  });
}
