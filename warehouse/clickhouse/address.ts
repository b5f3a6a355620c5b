import { WarehouseError } from '../warehouse.ts';

export interface Address { /** Without user and password. */ address: string; username: string; password: string; database: string }

/** @throws WarehouseError `unavailable` when it is no address of a ClickHouse database; its password is not repeated. */
export function parseAddress(url: string): Address {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  const database = decodeURIComponent(parsed?.pathname.slice(1) ?? '');
  if (!parsed || !['http:', 'https:'].includes(parsed.protocol) || !/^[A-Za-z_]\w*$/.test(database) || parsed.search !== '')
    throw new WarehouseError('unavailable', 'The warehouse needs an address such as http://user:password@host:8123/database, the database of letters, digits and "_"');
  return { address: parsed.origin, username: decodeURIComponent(parsed.username) || 'default', password: decodeURIComponent(parsed.password), database };
}
