/** A network between a bot and its Redis that drops connections when the server has done its work and nobody knows. */
import { startRelay } from './relay.ts';

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
  const relay = await startRelay({ host: '127.0.0.1', port }, (near, far) => {
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
    near.pipe(far);
    far.on('end', () => near.end());
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
  return {
    url: `redis://127.0.0.1:${relay.port}`,
    get lost() {
      return lost;
    },
    loseEvery(count) {
      every = count;
    },
    stop: relay.stop,
  };
}
