/** A line on the terminal for work that takes its time; nothing where standard error is no terminal. */
export interface Progress {
  show(text: string): void;
  done(): void;
}

const LEAST_PAUSE_MS = 100;

export function startProgress(stream: NodeJS.WriteStream = process.stderr): Progress {
  if (!stream.isTTY) return { show: () => {}, done: () => {} };
  let lastMs = 0;
  return {
    show(text) {
      const now = Date.now();
      if (now - lastMs < LEAST_PAUSE_MS) return;
      lastMs = now;
      stream.write(`\r\u001B[K${text.slice(0, (stream.columns || 80) - 1)}`);
    },
    done() {
      stream.write('\r\u001B[K');
    },
  };
}
