/** A network with some length between a bot and what it calls: a connection takes its time, and so does every byte. */
import { createServer, connect as dial, type Socket } from 'node:net';

export interface Distance {
  /** Instead of the origin that is far away; its path stays. */
  readonly url: string;
  stop(): Promise<void>;
}

/** @param oneWayMs how long each byte is under way: an answer comes after twice that, and on a new connection after four times. */
export async function atDistance(target: string, oneWayMs: number): Promise<Distance> {
  const { hostname, port, pathname } = new URL(target);
  const sockets = new Set<Socket>();
  /** @param connectedMs how long it takes until the first byte may leave. */
  const pass = (from: Socket, to: Socket, connectedMs: number): void => {
    const openAt = performance.now() + connectedMs;
    let last = 0;
    /** In order: what is sent while it still connects arrives together. */
    const later = (what: () => void): void => {
      last = Math.max(last, openAt + oneWayMs, performance.now() + oneWayMs);
      setTimeout(what, last - performance.now());
    };
    sockets.add(from);
    from.on('error', () => {});
    from.on('data', (bytes) => later(() => to.write(bytes)));
    from.on('end', () => later(() => to.end()));
    from.on('close', () => {
      sockets.delete(from);
      later(() => to.destroy());
    });
  };
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
    const far = dial({ host: hostname, port: Number(port), allowHalfOpen: true, noDelay: true });
    // This end answers at once, and a network only after a way there and back.
    pass(near, far, 2 * oneWayMs);
    pass(far, near, 0);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}${pathname === '/' ? '' : pathname}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
