import { z } from 'zod';

const instant = z.string();
const party = z.enum(['site', 'client', 'vendor']);
const requestSchema = z.object({
  incident: z.number(), title: z.string(), detectedAt: instant, resolvedAt: instant.nullable(), name: z.string(), party, language: z.enum(['fr', 'en']), sha256: z.string(), madeAt: instant.nullable(),
  expiresAt: instant, signedAt: instant.nullable(), signers: z.array(z.object({ name: z.string(), party, signedAt: instant.nullable() })),
});
const refusedSchema = z.object({ code: z.string(), at: instant.nullable().default(null) });

/** What a link asks to sign; `signedAt`: with this link. */
export type SigningRequest = z.output<typeof requestSchema>;
/** Why there is nothing to sign; `at`: when the link expired, or the report was signed. */
export type SigningRefused = z.output<typeof refusedSchema>;
export type Signing = { request: SigningRequest } | { refused: SigningRefused };

const doorOf = (token: string): string => `/sign/api/${encodeURIComponent(token)}`;
export const documentOf = (token: string): string => `${doorOf(token)}/document`;

export const askToSign = (token: string, signal: AbortSignal | null = null): Promise<Signing> => ask(token, { signal });

export const signDocument = (token: string, signature: { typedName: string; sha256: string }): Promise<Signing> =>
  // The server refuses requests that a foreign page could send without a pre-flight.
  ask(token, { method: 'POST', headers: { 'content-type': 'application/json', 'x-vigie': '1' }, body: JSON.stringify(signature) });

/** What these doors say: GraphQL is not reached from outside. Without an answer it is refused as `network`, with one that is none as `server`. */
async function ask(token: string, init: RequestInit): Promise<Signing> {
  const response = await fetch(doorOf(token), { cache: 'no-store', ...init }).catch(() => null);
  if (!response) return refusedAs('network');
  const said: unknown = await response.json().catch(() => null);
  if (response.ok) {
    const request = requestSchema.safeParse(said);
    return request.success ? { request: request.data } : refusedAs('server');
  }
  const refused = refusedSchema.safeParse(said);
  return refused.success ? { refused: refused.data } : refusedAs('server');
}

function refusedAs(code: 'network' | 'server'): Signing {
  return { refused: { code, at: null } };
}
