import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';

export interface EmbeddedStore {
  /** For the driver: a directory that holds the socket, or a host, and the port. */
  host: string;
  port: number;
  stop(): Promise<void>;
}

/** The longest path of a unix socket: 108 bytes on Linux, 104 elsewhere, with the final zero. */
const LONGEST_SOCKET_PATH = 103;
const SOCKET_PORT = 5432;

/**
 * Serves an embedded PostgreSQL to the ordinary driver: over a socket in a directory that only this user
 * can enter, or on a free port of 127.0.0.1 where that is not possible. Belongs in a worker, because a
 * statement runs on its event loop; the caller holds the lock of the data directory, because a second
 * process on the same files is not refused and loses data.
 */
export async function serveEmbedded(directory: string): Promise<EmbeddedStore> {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  chmodSync(directory, 0o700);
  const database = await PGlite.create(join(directory, 'pgdata'));
  // The name under which the driver looks for a socket in a directory.
  const socket = join(directory, `.s.PGSQL.${SOCKET_PORT}`);
  const bySocket = process.platform !== 'win32' && Buffer.byteLength(socket) <= LONGEST_SOCKET_PATH;
  if (bySocket) rmSync(socket, { force: true });
  const server = new PGLiteSocketServer({ db: database, maxConnections: 8, ...(bySocket ? { path: socket } : { host: '127.0.0.1', port: 0 }) });
  await server.start();
  const port = bySocket ? SOCKET_PORT : Number(server.getServerConn().split(':').at(-1));
  return {
    host: bySocket ? directory : '127.0.0.1',
    port,
    async stop() {
      await server.stop();
      await database.close();
    },
  };
}
