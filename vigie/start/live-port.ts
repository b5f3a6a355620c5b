import { MessageChannel } from 'node:worker_threads';
import type { LivePort } from '../../api/ports.ts';
import type { LiveEvent } from '../../telephony/live.ts';
import type { Thread } from '../threads/start.ts';
import type { CoreThread } from './core.worker.ts';

/** CT-Proxy of the core's thread, for the api. Each subscriber has a port of its own. */
export function livePort(core: Thread<CoreThread>): LivePort {
  return {
    subscribe(listener, broken) {
      const { port1, port2 } = new MessageChannel();
      let stopped = false;
      port1.on('message', (event: LiveEvent) => listener(event));
      port1.once('close', () => {
        if (stopped) return;
        stopped = true;
        broken?.('the telephony core has ended');
      });
      void core.remote.watch(port2).catch(() => port1.close());
      return () => {
        stopped = true;
        port1.close();
      };
    },
    command: (command) => core.remote.command(command),
  };
}

/** Stands in where no floor is simulated: nothing is live, commands are refused. */
export const NO_FLOOR: LivePort = {
  subscribe(listener) {
    listener({ kind: 'snapshot', state: { version: 0, run: 'none', atMs: Date.now(), agents: {}, queues: {}, campaigns: {}, gateways: {}, messages: [] } });
    return () => {};
  },
  command: () => Promise.resolve({ ok: false, code: 'unknown-agent', reason: 'no floor runs in this program (VIGIE_SIMULATION=off)' }),
};
