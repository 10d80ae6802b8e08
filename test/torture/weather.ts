/** What strikes whoever is there: processes and Redis that die or freeze, a Slack that is away; one after the other, in an order of chance. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Chance } from '../fuzz/chance.ts';
import { eventually } from '../support/eventually.ts';
import type { Ground, Replica } from './ground.ts';
import { within } from './patience.ts';
import { Deck } from './plan.ts';

/** A load balancer's next look at a replica. */
const LEARNS_LATE_MS = 400;
const PROBE_MS = 500;
/** What a stop may take, and some for a machine that is busy. */
const STOP_MS = 20_000;
const BACK_MS = 60_000;

export interface Season {
  /** How long a process may be frozen. */
  readonly frozenMs: number;
}

type Storm = (ground: Ground, chance: Chance, season: Season) => Promise<void>;

const STORMS: readonly Storm[] = [
  killReplica,
  freezeReplica,
  replaceReplica,
  killRedis,
  freezeRedis,
  loseAnswers,
  forgetScripts,
  refuseWrites,
  slackAway,
  eventTwice,
];

export class Weather {
  private readonly deck: Deck<Storm>;
  private readonly ground: Ground;
  private readonly chance: Chance;
  private readonly season: Season;
  /** One at a time; what is due meanwhile waits. */
  private last: Promise<void> = Promise.resolve();

  constructor(ground: Ground, chance: Chance, season: Season) {
    this.deck = new Deck(STORMS, chance);
    this.ground = ground;
    this.chance = chance;
    this.season = season;
  }

  static get kinds(): number {
    return STORMS.length;
  }

  strike(): void {
    const storm = this.deck.deal();
    this.last = this.last
      .then(() => storm(this.ground, this.chance, this.season))
      .catch((error: unknown) => {
        this.ground.amiss.push(`${storm.name}: ${error instanceof Error ? error.message : String(error)}`);
      });
  }

  /** Resolves when nothing strikes any more. */
  calm(): Promise<void> {
    return this.last;
  }
}

const up = ({ replicas }: Ground): readonly Replica[] => replicas.filter(({ state }) => state === 'up');

async function killReplica(ground: Ground, chance: Chance): Promise<void> {
  const replica = chance.pick(up(ground));
  replica.bot.signal('SIGKILL');
  replica.state = 'gone';
  await replica.bot.ended;
  await pause(LEARNS_LATE_MS);
  replica.reachable = false;
  await ground.addReplica();
  ground.tally.add('SIGKILL, and a restart');
}

async function freezeReplica(ground: Ground, chance: Chance, { frozenMs }: Season): Promise<void> {
  const replica = chance.pick(up(ground));
  const until = Date.now() + frozenMs / 4 + chance.int((frozenMs * 3) / 4);
  replica.bot.signal('SIGSTOP');
  replica.state = 'frozen';
  const answers = await fetch(replica.bot.eventsUrl ?? '', { signal: AbortSignal.timeout(PROBE_MS) }).then(
    () => true,
    () => false,
  );
  replica.reachable = false;
  await pause(Math.max(0, until - Date.now()));
  replica.bot.signal('SIGCONT');
  replica.state = 'up';
  replica.reachable = true;
  if (!answers) ground.tally.add('SIGSTOP, and SIGCONT');
}

async function replaceReplica(ground: Ground): Promise<void> {
  const [old] = up(ground);
  await ground.addReplica();
  if (old === undefined) throw new Error('nobody is up');
  old.reachable = false;
  old.state = 'gone';
  const status = await Promise.race([old.bot.stop(), pause(STOP_MS, 'still there', { ref: false })]);
  if (status !== 0) ground.amiss.push(`SIGTERM: it ended with ${status}`);
  ground.tally.add('a new replica, and SIGTERM for an old one');
}

async function killRedis({ redis, tally }: Ground, chance: Chance): Promise<void> {
  await redis.kill();
  await pause(chance.int(500));
  // It reads its whole log first, on a machine that is busy.
  await redis.restart().catch(() => answering(redis));
  tally.add('kill -9, and a restart');
}

async function freezeRedis({ redis, tally }: Ground, chance: Chance): Promise<void> {
  redis.freeze();
  const answers = await redis.client.ping().then(
    () => true,
    () => false,
  );
  await pause(chance.int(1_000));
  redis.thaw();
  await answering(redis);
  if (!answers) tally.add('frozen');
}

async function loseAnswers({ network }: Ground): Promise<void> {
  const before = network.lost;
  network.loseEvery(25);
  await within(5_000, () => network.lost >= before + 8);
  network.loseEvery(0);
}

async function forgetScripts({ redis, tally }: Ground): Promise<void> {
  for (let times = 0; times < 3; times += 1) {
    await redis.client.script('FLUSH');
    tally.add('SCRIPT FLUSH');
    await pause(50);
  }
}

async function refuseWrites({ redis, tally }: Ground): Promise<void> {
  await redis.client.config('SET', 'maxmemory', '1');
  const refused = () => redis.client.set('torture', '1').then(() => false, isFull);
  if (await within(1_000, refused)) tally.add('writes refused');
  await pause(300);
  await redis.client.config('SET', 'maxmemory', '0');
}

const isFull = (error: Error): boolean => error.message.startsWith('OOM');

async function slackAway({ slack }: Ground, chance: Chance): Promise<void> {
  const fault = slack.faults.add({ method: '*', kind: 'reset', times: Number.POSITIVE_INFINITY });
  await pause(1_500 + chance.int(2_000));
  fault.remove();
}

async function eventTwice({ slack, tally, through }: Ground): Promise<void> {
  const event = { type: 'app_home_opened', user: 'U0ANN', tab: 'home', channel: slack.workspace.dm('U0ANN').id };
  for (let times = 0; times < 2; times += 1) {
    await through(() => slack.deliverEvent(event, { eventId: `EvTORTURE${tally.of('event delivered again')}` }));
  }
  tally.add('event delivered again');
}

async function answering({ client }: Ground['redis']): Promise<void> {
  await eventually('Redis being back', () => client.ping().catch(() => false), BACK_MS);
}
