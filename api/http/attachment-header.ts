/** `content-disposition` of a file that is to be kept, not shown. */
export function attachmentHeader(name: string): string {
  return `attachment; filename*=UTF-8''${encodeURIComponent(name).replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)}`;
}
