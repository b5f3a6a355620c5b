/** Gives a stream's next bytes; settles when they were taken. Rejects with the signal's reason, or when nobody reads any more. */
export type Give = (bytes: Uint8Array, signal: AbortSignal) => Promise<void>;

/**
 * The bytes of a work as a stream that is pulled: the work goes on when what it gave was taken, and no faster. What fails
 * before the first bytes is the promise's error, what fails later the stream's.
 *
 * @param stop is called when the reader goes away.
 */
export function pulled(work: (give: Give) => Promise<void>, stop: () => void): Promise<ReadableStream<Uint8Array>> {
  return new Promise((begun, failed) => {
    let wanted = false;
    let gone = false;
    let look = (): void => {};
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        const give: Give = async (bytes, signal) => {
          begun(stream);
          await new Promise<void>((taken, refused) => {
            const end = (settle: () => void): void => {
              signal.removeEventListener('abort', look);
              look = () => {};
              settle();
            };
            look = () => {
              if (gone) end(() => refused(new Error('the reader went away')));
              else if (signal.aborted) end(() => refused(signal.reason instanceof Error ? signal.reason : new Error('the statement was ended', { cause: signal.reason })));
              else if (wanted) end(taken);
            };
            signal.addEventListener('abort', look);
            look();
          });
          wanted = false;
          controller.enqueue(bytes);
        };
        // Not before `stream` is there.
        queueMicrotask(() => {
          work(give).then(() => {
            begun(stream);
            if (!gone) controller.close();
          }, (error: unknown) => {
            failed(error);
            if (!gone) controller.error(error);
          });
        });
      },
      pull() {
        wanted = true;
        look();
      },
      cancel() {
        gone = true;
        stop();
        look();
      },
    }, { highWaterMark: 0 });
  });
}
