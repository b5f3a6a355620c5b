import { afterAll, beforeAll, describe } from 'vitest';
import { hasPostgres, startPostgres, type RealPostgres } from '../fixtures/real-postgres.ts';
import { openStore } from '../store.ts';
import { contactsContract } from './contacts.contract.ts';

describe.skipIf(!hasPostgres('several dialers'))('a PostgreSQL server', () => {
  let server: RealPostgres;
  let url = '';
  beforeAll(async () => {
    server = await startPostgres();
    url = await server.database('contacts');
  });
  afterAll(() => server.stop());

  contactsContract('a PostgreSQL server', () => openStore({ connection: { connectionString: url }, maxConnections: 4 }));
});
