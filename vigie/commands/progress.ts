/** A line on the terminal for work that takes its time; nothing where standard error is no terminal. */
export interface Progress {
  show(text: string): void;
  /** Clears the line; nothing is drawn after it until the next {@link Progress.show}. */
  done(): void;
}

const LEAST_PAUSE_MS = 100;
const CLEAR_LINE = '\r\u001B[K';

export function startProgress(stream: NodeJS.WriteStream = process.stderr): Progress {
  if (!stream.isTTY) return { show: () => {}, done: () => {} };
  let lastMs = 0;
  let newest = '';
  let drawn = false;
  let later: NodeJS.Timeout | undefined;
  const draw = (): void => {
    later = undefined;
    lastMs = Date.now();
    drawn = true;
    stream.write(`${CLEAR_LINE}${newest.slice(0, (stream.columns || 80) - 1)}`);
  };
  return {
    show(text) {
      newest = text;
      const waitMs = lastMs + LEAST_PAUSE_MS - Date.now();
      if (waitMs <= 0) draw();
      // What is shown last stays for long: it must not be lost because it followed something closely.
      else later ??= setTimeout(draw, waitMs).unref();
    },
    done() {
      clearTimeout(later);
      later = undefined;
      if (drawn) stream.write(CLEAR_LINE);
      drawn = false;
    },
  };
}
