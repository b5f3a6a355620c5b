import { ConfigurationError, type Configuration, type SharedWarehouse } from '../configuration.ts';

/**
 * The operational store's server, without which several processes cannot work together.
 * @throws ConfigurationError
 */
export function sharedStore({ storeUrl }: Configuration, command: string): string {
  if (storeUrl !== null) return storeUrl;
  throw new ConfigurationError(`${command} shares its operational store with other processes, and the embedded one belongs to a single process: set VIGIE_STORE=postgres://user:password@host:5432/database`);
}

/** @throws ConfigurationError */
export function needsOfServe(configuration: Configuration): SharedWarehouse {
  sharedStore(configuration, 'vigie serve');
  if (configuration.warehouse) return configuration.warehouse;
  throw new ConfigurationError('vigie serve reads what vigie ingest writes, and the embedded warehouse belongs to a single process: set VIGIE_WAREHOUSE=http://user:password@host:8123/database');
}
