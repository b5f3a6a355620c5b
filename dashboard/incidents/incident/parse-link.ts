/** A call, or a question to the measures, as an incident is linked to it. */
export type ParsedLink = { kind: 'CALL'; tenant: string; callId: string } | { kind: 'MEASURES'; question: string };

/** What an address of these pages names; null = neither a call nor a KPI view. */
export function parseLink(address: string): ParsedLink | null {
  let url: URL;
  try {
    url = new URL(address.trim(), 'http://vigie.invalid');
  } catch {
    return null;
  }
  const [, page, tenant, callId, ...rest] = url.pathname.split('/');
  if (page === 'calls' && tenant && callId && rest.length === 0) return { kind: 'CALL', tenant: decodeURIComponent(tenant), callId: decodeURIComponent(callId) };
  return page === 'kpi' && tenant === undefined ? { kind: 'MEASURES', question: url.search.slice(1) } : null;
}

/** The KPI page over the time of an incident and half an hour around it, by quarter of an hour. */
export function questionDuring({ detectedAt, startedAt, resolvedAt, sites, queues }: { detectedAt: string; startedAt: string | null; resolvedAt: string | null; sites: readonly string[]; queues: readonly string[] }, nowMs: number): string {
  const aroundMs = 30 * 60_000;
  const instant = (ms: number) => new Date(Math.floor(ms / 60_000) * 60_000).toISOString().replace('.000Z', 'Z');
  const from = Date.parse(startedAt ?? detectedAt) - aroundMs;
  const to = (resolvedAt === null ? nowMs : Date.parse(resolvedAt) + aroundMs);
  return [`measures=offered,abandoned,service-level`, 'by=15min', `range=${instant(from)}..${instant(to)}`, ...(sites.length > 0 ? [`site=${sites.map(encodeURIComponent).join(',')}`] : []), ...(queues.length > 0 ? [`queue=${queues.map(encodeURIComponent).join(',')}`] : [])].join('&');
}
