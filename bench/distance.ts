/** A network with some length between a bot and what it calls: a connection takes its time, and so does every byte. */
import type { Socket } from 'node:net';
import { startRelay } from '../test/support/relay.ts';

export interface Distance {
  /** Instead of the origin that is far away; its path stays. */
  readonly url: string;
  stop(): Promise<void>;
}

/** @param oneWayMs how long each byte is under way: an answer comes after twice that, and on a new connection after four times. */
export async function atDistance(target: string, oneWayMs: number): Promise<Distance> {
  const { hostname, port, pathname } = new URL(target);
  const relay = await startRelay({ host: hostname, port: Number(port) }, (near, far) => {
    // The near end answers at once, and a network only after a way there and back.
    pass(near, far, oneWayMs, 2 * oneWayMs);
    pass(far, near, oneWayMs, 0);
  });
  return { url: `http://127.0.0.1:${relay.port}${pathname === '/' ? '' : pathname}`, stop: relay.stop };
}

/** @param connectedMs how long it takes until the first byte may leave. */
function pass(from: Socket, to: Socket, oneWayMs: number, connectedMs: number): void {
  const openAt = performance.now() + connectedMs;
  let last = 0;
  /** In order: what is sent while it still connects arrives together. */
  const later = (what: () => void): void => {
    last = Math.max(last, openAt + oneWayMs, performance.now() + oneWayMs);
    setTimeout(what, last - performance.now());
  };
  from.on('data', (bytes) => later(() => to.write(bytes)));
  from.on('end', () => later(() => to.end()));
  from.on('close', () => later(() => to.destroy()));
}
