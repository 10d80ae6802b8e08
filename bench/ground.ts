/** The ground of one contestant: a durable Redis, the stand-ins and its process between them, and people in plenty. */
import { SAMPLE_INSTANCES, sampleCloud } from '../sandbox/alibaba-cloud/sample-cloud.ts';
import type { LocalCloudState } from '../sandbox/alibaba-cloud/state.ts';
import { channel, person, sampleWorkspace } from '../sandbox/slack/sample-workspace.ts';
import { openStage, type Stage, type StageConfig } from '../sandbox/stage.ts';
import { startServer } from '../test/support/redis-servers.ts';
import { newService } from '../test/support/story.ts';
import { Books, TEAM } from './books.ts';
import type { Contestant } from './contestants.ts';
import { atDistance, type Distance } from './distance.ts';

/** Each at a keyboard of their own: nobody fills in two forms at once. */
export const ASKERS = Array.from({ length: 16 }, (_, index) => `U0ASKER${String(index).padStart(2, '0')}`);
/** So many that no instance’s list of endpoints grows longer than a page. */
const INSTANCES = Array.from({ length: 60 }, (_, index) => `es-cn-bench${String(index).padStart(12, '0')}`);

/** What one request is for; nothing else is for the same. */
export interface Target {
  readonly instance: string;
  readonly service: string;
  readonly zone: string;
}

export interface Ground {
  readonly contestant: Contestant;
  readonly stage: Stage;
  readonly books: Books;
  readonly redisVersion: string;
  newTarget(): Target;
  stop(): Promise<void>;
}

/** Milliseconds since the epoch, with their fractions: the same for what the cloud notes and what the bench does. */
export const preciseNow = (): number => performance.timeOrigin + performance.now();

/** @param awayMs how much longer each call to Slack and to the cloud takes than on this machine. */
export async function openGround(contestant: Contestant, awayMs = 0): Promise<Ground> {
  const distances: Distance[] = [];
  const reach = async (url: string): Promise<string> => {
    if (awayMs === 0) return url;
    const distance = await atDistance(url, awayMs / 2);
    distances.push(distance);
    return distance.url;
  };
  const redis = await startServer();
  const seed = sampleWorkspace();
  const state = cloudWithInstances();
  let stage: Stage;
  let redisVersion: string;
  try {
    redisVersion = versionIn(await redis.client.info('server'));
    stage = await openStage({
      program: contestant.program,
      redisUrl: `redis://127.0.0.1:${redis.port}`,
      config: withoutSpacing,
      reach,
      cloud: { state, now: preciseNow },
      slack: {
        users: [...seed.users, ...ASKERS.map((id) => person(id, id.toLowerCase(), id))],
        channels: [...seed.channels, channel(TEAM, 'team', [...ASKERS, 'U0BEN', 'U0BOT'])],
      },
    });
  } catch (error) {
    await Promise.all([redis.stop(), ...distances.map((distance) => distance.stop())]);
    throw error;
  }
  let targets = 0;
  return {
    contestant,
    stage,
    books: new Books(stage.slack),
    redisVersion,
    newTarget() {
      const instance = INSTANCES[targets % INSTANCES.length] ?? '';
      targets += 1;
      return { instance, service: newService(stage.cloud), zone: 'cn-hangzhou-i' };
    },
    async stop() {
      await stage.stop();
      await Promise.all([redis.stop(), ...distances.map((distance) => distance.stop())]);
    },
  };
}

function cloudWithInstances(): LocalCloudState {
  const state = sampleCloud();
  const model = state.instances.find(({ instanceId }) => instanceId === SAMPLE_INSTANCES.orders);
  if (model === undefined) throw new Error('a sample without its instance');
  state.instances.push(...INSTANCES.map((id) => ({ ...model, instanceId: id, description: id })));
  return state;
}

/** No rival keeps a distance between creates; what is compared is the machinery. */
function withoutSpacing(usual: StageConfig): object {
  const { production } = usual.accounts;
  return { ...usual, accounts: { production: { ...production, create_spacing: '0ms' } } };
}

function versionIn(info: string): string {
  const valkey = /valkey_version:(\S+)/.exec(info)?.[1];
  return valkey === undefined ? `Redis ${/redis_version:(\S+)/.exec(info)?.[1] ?? '?'}` : `Valkey ${valkey}`;
}
