/** A network between a bot and its Redis that drops connections when the server has done its work and nobody knows. */
import { createServer, connect as dial, type Socket } from 'node:net';

export interface UnreliableNetwork {
  readonly url: string;
  /** How many answers were lost. */
  readonly lost: number;
  /** From now on every so manieth answer is lost, and its connection with it; 0: none. */
  loseEvery(count: number): void;
  stop(): Promise<void>;
}

export async function unreliableNetwork(port: number): Promise<UnreliableNetwork> {
  let every = 0;
  let answers = 0;
  let lost = 0;
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = dial(port, '127.0.0.1');
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    near.pipe(far);
    far.on('data', (answer) => {
      answers += 1;
      if (every > 0 && answers % every === 0) {
        lost += 1;
        near.destroy();
      } else {
        near.write(answer);
      }
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `redis://127.0.0.1:${address.port}`,
    get lost() {
      return lost;
    },
    loseEvery(count) {
      every = count;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
