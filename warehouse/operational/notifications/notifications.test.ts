import { embeddedDatabaseOf } from '../fixtures/embedded-store.ts';
import { openStore } from '../store.ts';
import { notificationsContract } from './notifications.contract.ts';

const embedded = await embeddedDatabaseOf('notifications');
notificationsContract('the embedded database', () => openStore({ connection: embedded, maxConnections: 1 }));
