/** The ground of a run: three processes on one Redis behind a network that may fail, a local Slack, a local Alibaba Cloud. */
import { SAMPLE_INSTANCES, sampleCloud } from '../../sandbox/alibaba-cloud/sample-cloud.ts';
import type { LocalCloud } from '../../sandbox/alibaba-cloud/server.ts';
import type { BotProcess } from '../../sandbox/bot-process.ts';
import type { LocalSlack } from '../../sandbox/slack/local-slack.ts';
import type { User } from '../../sandbox/slack/model.ts';
import { BOT_USER, sampleWorkspace } from '../../sandbox/slack/sample-workspace.ts';
import { openStage, type Stage, type StageConfig } from '../../sandbox/stage.ts';
import type { Chance } from '../fuzz/chance.ts';
import { type RedisServer, startServer } from '../support/redis-servers.ts';
import { type UnreliableNetwork, unreliableNetwork } from '../support/unreliable-network.ts';
import { REQUESTERS } from './plan.ts';
import { ENTITLED, Tally } from './types.ts';

const REPLICAS = 3;
/** So that no instance's list of endpoints grows without end. */
const ENDPOINTS_EACH = 50;

export interface Replica {
  readonly bot: BotProcess;
  state: 'up' | 'frozen' | 'gone';
  /** Whether deliveries may still go there: a load balancer learns late. */
  reachable: boolean;
}

export interface Ground {
  readonly slack: LocalSlack;
  readonly cloud: LocalCloud;
  readonly redis: RedisServer;
  readonly network: UnreliableNetwork;
  readonly stage: Stage;
  readonly replicas: readonly Replica[];
  readonly instances: readonly string[];
  readonly tally: Tally;
  /** Whatever does not belong to the table and should not be. */
  readonly amiss: string[];
  addReplica(): Promise<Replica>;
  /** What Slack sends in this moment goes to a replica of chance. */
  through<T>(send: () => T): T;
  stop(): Promise<void>;
}

export async function openGround(count: number, chance: Chance, program?: string): Promise<Ground> {
  const redis = await startServer();
  const network = await unreliableNetwork(redis.port);
  const instances = [
    SAMPLE_INSTANCES.orders,
    ...Array.from({ length: Math.ceil(count / ENDPOINTS_EACH) }, (_, index) => instanceId(index)),
  ];
  let stage: Stage;
  try {
    stage = await openStage({
      redisUrl: network.url,
      slack: workspace(),
      cloud: { state: cloudWith(instances) },
      config: settings,
      env: { LOG_LEVEL: 'info' },
      ...(program === undefined ? {} : { program }),
    });
  } catch (error) {
    await network.stop();
    await redis.stop();
    throw error;
  }
  const { slack, cloud } = stage;
  const replicas: Replica[] = [{ bot: stage.bot, state: 'up', reachable: true }];
  const tally = new Tally();
  const ground: Ground = {
    slack,
    cloud,
    redis,
    network,
    stage,
    replicas,
    instances,
    tally,
    amiss: [],
    async addReplica() {
      const replica: Replica = { bot: await stage.addBot(), state: 'up', reachable: true };
      replicas.push(replica);
      return replica;
    },
    through(send) {
      const replica = chance.pick(replicas.filter(({ reachable }) => reachable));
      if (replica.bot.eventsUrl === undefined) throw new Error('it has no address');
      if (replica.state !== 'up') tally.add('a click on a replica that is gone or frozen');
      slack.connectBot(replica.bot.eventsUrl);
      return send();
    },
    async stop() {
      for (const { bot } of replicas) bot.signal('SIGCONT');
      await stage.stop();
      await network.stop();
      await redis.stop();
    },
  };
  await Promise.all(Array.from({ length: REPLICAS - 1 }, () => ground.addReplica()));
  return ground;
}

function instanceId(index: number): string {
  return `es-cn-tort${String(index).padStart(13, '0')}`;
}

function cloudWith(instances: readonly string[]) {
  const state = sampleCloud();
  const [model] = state.instances;
  if (model === undefined) throw new Error('a sample without instances');
  const known = new Set(state.instances.map((each) => each.instanceId));
  for (const id of instances) {
    if (!known.has(id)) state.instances.push({ ...model, instanceId: id, description: id });
  }
  return state;
}

/** More hands than the sample has: each person fills in one form at a time. */
function workspace() {
  const { users, channels, userGroups, team } = sampleWorkspace();
  const known = new Set(users.map(({ id }) => id));
  const model = users.find(({ id }) => id === 'U0DAN') as User;
  const more = [...REQUESTERS, ...ENTITLED, 'U0ADA'].filter((id) => !known.has(id));
  const added = more.map((id) => ({ ...model, id, name: id.slice(2).toLowerCase(), real_name: `${id} Member` }));
  for (const channel of channels) {
    if (!channel.members.has(BOT_USER) || channel.is_private || channel.is_archived) continue;
    for (const id of [...more, 'U0ADA', 'U0BEN', 'U0CAT']) channel.members.add(id);
  }
  const groups = userGroups.map((group) => ({ ...group, users: [...ENTITLED] }));
  return { team, users: [...users, ...added], channels, userGroups: groups };
}

function settings(usual: StageConfig): object {
  const { production } = usual.accounts;
  return { ...usual, accounts: { production: { ...production, create_spacing: '20ms' } } };
}
