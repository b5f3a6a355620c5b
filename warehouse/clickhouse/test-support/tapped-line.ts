import { createServer, request, type IncomingMessage } from 'node:http';

/** A line to a server that tells of all that is asked. */
export async function tappedLine(port: number, tell: (asked: IncomingMessage) => void): Promise<{ port: number } & AsyncDisposable> {
  // A load's statement stands in its address.
  const line = createServer({ maxHeaderSize: 65_536 }, (asked, answer) => {
    tell(asked);
    const onward = request({ host: '127.0.0.1', port, path: asked.url, method: asked.method, headers: asked.headers }, (reply) => {
      answer.writeHead(reply.statusCode ?? 500, reply.headers);
      reply.on('error', () => answer.destroy()).pipe(answer);
    });
    answer.on('close', () => onward.destroy());
    onward.on('error', () => answer.destroy());
    asked.pipe(onward);
  });
  await new Promise<void>((resolve) => { line.listen(0, '127.0.0.2', resolve); });
  const address = line.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    async [Symbol.asyncDispose]() {
      line.closeAllConnections();
      await new Promise((resolve) => { line.close(resolve); });
    },
  };
}
