/** A socket of a test's own: every frame as it comes, any frame at all back. */
import { WebSocket } from 'undici';
import type { Json } from '../../../sandbox/slack/model.ts';

export type Probe = {
  /** The next frame that was not taken yet. */
  next: () => Promise<Json>;
  send: (frame: Json | string) => void;
  close: () => void;
  /** Resolves when it is over, or was never open. */
  closed: Promise<void>;
};

export function openProbe(url: string): Probe {
  const socket = new WebSocket(url);
  const frames: Json[] = [];
  const waiting: ((frame: Json) => void)[] = [];
  socket.addEventListener('message', ({ data }) => {
    const frame = JSON.parse(String(data)) as Json;
    const taker = waiting.shift();
    if (taker) taker(frame);
    else frames.push(frame);
  });
  return {
    next: () => {
      const frame = frames.shift();
      return frame === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(frame);
    },
    send: (frame) => socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame)),
    close: () => socket.close(),
    closed: new Promise((resolve) => socket.addEventListener('close', () => resolve())),
  };
}
