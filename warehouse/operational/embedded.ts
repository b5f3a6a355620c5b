import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import type { ServerFiles } from './contacts/copy-text.ts';
import { clusterIn } from './embedded-files.ts';

export interface EmbeddedStore {
  /** For the driver: a directory that holds the socket, or a host, and the port. */
  host: string;
  port: number;
  /** What it reads rows from when there are many. */
  files: ServerFiles;
  stop(): Promise<void>;
}

/** The longest path of a unix socket: 108 bytes on Linux, 104 elsewhere, with the final zero. */
const LONGEST_SOCKET_PATH = 103;
const SOCKET_PORT = 5432;
/** The index of a million contacts' numbers, which come in no order, does not fit into 16 MB; the preset of 128 MB would stay in memory, used or not. */
const SHARED_BUFFERS = '64MB';

/**
 * Serves an embedded PostgreSQL to the ordinary driver over a socket in a directory that only this user
 * can enter: it asks for no password. Where the system has no such sockets (Windows) it listens on a free
 * port of 127.0.0.1. Belongs in a worker, because a statement runs on its event loop; the caller holds
 * the lock of the data directory, because a second process on the same files is not refused and loses data.
 */
export async function serveEmbedded(directory: string): Promise<EmbeddedStore> {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  chmodSync(directory, 0o700);
  const database = await PGlite.create(clusterIn(directory), { startParams: [...PGlite.defaultStartParams, '-c', `shared_buffers=${SHARED_BUFFERS}`] });
  const folder = process.platform === 'win32' ? null : socketFolder(directory);
  const server = new PGLiteSocketServer({ db: database, maxConnections: 8, ...(folder === null ? { host: '127.0.0.1', port: 0 } : { path: socketIn(folder) }) });
  await server.start();
  const { rows } = await database.query<{ folder: string }>("select current_setting('data_directory') as folder");
  return {
    host: folder ?? '127.0.0.1',
    port: folder === null ? Number(server.getServerConn().split(':').at(-1)) : SOCKET_PORT,
    files: { folder: clusterIn(directory), seenAs: rows[0]?.folder ?? '' },
    async stop() {
      await server.stop();
      await database.close();
      if (folder !== null && folder !== directory) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The directory itself, or, where its path is too long for a socket, a private one with a short name. */
function socketFolder(directory: string): string {
  if (Buffer.byteLength(socketIn(directory)) > LONGEST_SOCKET_PATH) return mkdtempSync(join(tmpdir(), 'vigie-store-'));
  // Left by a process that was killed.
  rmSync(socketIn(directory), { force: true });
  return directory;
}

/** The name under which the driver looks for a socket in a directory. */
function socketIn(folder: string): string {
  return join(folder, `.s.PGSQL.${SOCKET_PORT}`);
}
