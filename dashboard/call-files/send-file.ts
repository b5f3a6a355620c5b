import { z } from 'zod';

/** What a door of the server said: its answer, or why it does not take the file. */
export type Answer<Body> = { ok: true; body: Body } | { ok: false; message: string | null };

export interface Sending<Body> { answer: Promise<Answer<Body>>; cancel(): void }

export type SendFile = <Body>(path: string, file: File, schema: z.ZodType<Body>, onSent: (share: number) => void) => Sending<Body>;

const refusal = z.object({ message: z.string() });

/** Sends a file as it is, telling how much of it has gone; `fetch` cannot say that. A message of null: the server did not answer. */
export const sendFile: SendFile = (path, file, schema, onSent) => {
  const request = new XMLHttpRequest();
  return {
    cancel: () => request.abort(),
    answer: new Promise((resolve) => {
      request.upload.addEventListener('progress', ({ loaded, total }) => onSent(total > 0 ? loaded / total : 0));
      const failed = () => resolve({ ok: false, message: null });
      request.addEventListener('error', failed);
      request.addEventListener('abort', failed);
      request.addEventListener('load', () => {
        const said: unknown = parsed(request.responseText);
        const body = request.status < 300 ? schema.safeParse(said) : null;
        resolve(body?.success ? { ok: true, body: body.data } : { ok: false, message: refusal.safeParse(said).data?.message ?? null });
      });
      request.open('POST', path);
      // The server refuses requests that a foreign page could send without a pre-flight.
      request.setRequestHeader('x-vigie', '1');
      request.send(file);
    }),
  };
};

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
