/** What may be attached: pictures, sounds, documents, tables, mails, archives. Nothing that a browser would run is among them. */
const MEDIA_TYPES: ReadonlySet<string> = new Set([
  'image/png', 'image/jpeg', 'image/gif', 'image/webp', 'application/pdf', 'text/plain', 'text/csv', 'application/json', 'application/zip', 'message/rfc822', 'audio/wav', 'audio/x-wav', 'audio/mpeg',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'application/vnd.oasis.opendocument.text', 'application/vnd.oasis.opendocument.spreadsheet', 'application/vnd.ms-excel', 'application/msword',
]);

/** As it is kept, without its parameters; null = it is not taken. */
export function allowedMediaType(header: string | undefined): string | null {
  const type = (header ?? '').replace(/;.*$/s, '').trim().toLowerCase();
  return MEDIA_TYPES.has(type) ? type : null;
}
