import { embeddedDatabaseOf } from '../fixtures/embedded-store.ts';
import { openStore } from '../store.ts';
import { contactsContract } from './contacts.contract.ts';

const embedded = await embeddedDatabaseOf('contacts');
contactsContract('the embedded database', () => openStore({ connection: embedded, maxConnections: 1 }));
