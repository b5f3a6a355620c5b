import { once } from 'node:events';
import { createServer, connect } from 'node:net';
import type { Server, Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** A door before a server: what goes through it may be slow, held back, or refused. */
export interface Door extends AsyncDisposable {
  readonly port: number;
  /** Each way. */
  delayMs: number;
  /** It takes connections and what is said, and nothing goes on. What was held back is lost when they end. */
  silent: boolean;
  /** Connections end, new ones are refused. */
  shut(): Promise<void>;
  open(): Promise<void>;
}

export async function openDoor(to: { port: number }): Promise<Door> {
  const sockets = new Set<Socket>();
  let server: Server | null = null;
  let port = 0;
  const pipe = async (from: Socket, into: Socket): Promise<void> => {
    try {
      for await (const part of from) {
        if (door.delayMs > 0) await pause(door.delayMs);
        while (door.silent && !into.destroyed) await pause(20);
        into.write(part);
      }
    } catch { /* one of both ended */ }
    into.destroy();
  };
  const door: Door = {
    get port() { return port; },
    delayMs: 0, silent: false,
    async shut() {
      const closing = server;
      server = null;
      closing?.close();
      for (const socket of sockets) socket.destroy();
      sockets.clear();
    },
    async open() {
      server = createServer((outside) => {
        const inside = connect(to.port, '127.0.0.1');
        for (const socket of [outside, inside]) {
          sockets.add(socket);
          socket.on('error', () => {});
          socket.on('close', () => sockets.delete(socket));
        }
        void pipe(outside, inside);
        void pipe(inside, outside);
      }).listen(port, '127.0.0.1');
      await once(server, 'listening');
      const address = server.address();
      port = typeof address === 'object' && address !== null ? address.port : 0;
    },
    [Symbol.asyncDispose]: () => door.shut(),
  };
  await door.open();
  return door;
}
