/** One Redis, one Slack, one cloud and the bot between them, where many plays are crashed by one kill, each at its own point. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sampleCloud } from '../../sandbox/alibaba-cloud/sample-cloud.ts';
import type { BotProcess } from '../../sandbox/bot-process.ts';
import { openStage, type Stage } from '../../sandbox/stage.ts';
import { createRequestStore } from '../../src/adapters/redis/request-store.ts';
import type { Requests } from '../../src/application/ports/requests.ts';
import type { RequestId } from '../../src/domain/ids.ts';
import { eventually } from '../support/eventually.ts';
import { type PrivateRedis, startPrivateRedis } from '../support/redis.ts';
import { newService, Story } from '../support/story.ts';
import { approverAt, Cast, COMMON_ACCOUNT, onCallAt, PATIENCE_MS, peopleFor, requesterAt, TakeOvers } from './cast.ts';
import { type Ending, endingOf } from './ending.ts';
import type { Journey } from './journeys.ts';
import { giveOrders, type Point, PROCESS, readNotes } from './orders.ts';

/** Much longer than any journey takes undisturbed. */
const MEANWHILE_MS = 45_000;
const PROGRAM = 'test/crash/main.ts';
/** Between two looks at how far they are. */
const LOOK_AGAIN_MS = 100;
const NOT_OVER = { problems: ['it did not end'] };

/** Whoever is stopped with an account's turn keeps the others of that account waiting. */
export const TURN_ACCOUNTS = Array.from({ length: 12 }, (_, number) => `turn-${number}`);

export interface Scene {
  readonly journey: Journey;
  /** Where it is crashed. */
  readonly point?: Point;
  /** Whether that is before there is a card. */
  readonly isEarly?: boolean;
}

/** Whether the one who takes over runs already when the other is killed. */
export type TakeOver = 'standby' | 'successor';

export interface Batch {
  readonly scenes: readonly Scene[];
  readonly takeOver: TakeOver;
  /** Stops all of them, at a call that belongs to none. */
  readonly point?: Point;
}

export interface Played {
  readonly scene: Scene;
  /** Whether the point was reached before the kill. */
  readonly reached: boolean;
  /** What is wrong with the end. */
  readonly problems: readonly string[];
  readonly ending?: Ending;
  /** In order, where they were recorded. */
  readonly calls: readonly string[];
}

export interface BatchPlayed {
  readonly played: readonly Played[];
  /** In order, where they were recorded. */
  readonly processCalls: readonly string[];
  /** What Slack would not have understood, or has twice. */
  readonly amiss: readonly string[];
}

interface Acting {
  readonly scene: Scene;
  readonly story: Story;
  /** So much it wants the clock to move. */
  waitsFor: number;
  goOn: () => void;
  over: boolean;
}

export class Theatre {
  private readonly stage: Stage;
  private readonly redis: PrivateRedis;
  private readonly requests: Requests;
  private readonly folder: string;
  private plays = 0;

  private constructor(stage: Stage, redis: PrivateRedis, folder: string) {
    this.stage = stage;
    this.redis = redis;
    this.folder = folder;
    this.requests = createRequestStore(redis.client(), 'T0ACME');
  }

  /**
   * @param places how many can play at once.
   * @param env for the bots, such as a mistake to make.
   */
  static async open(places: number, env: Readonly<Record<string, string>> = {}): Promise<Theatre> {
    const redis = await startPrivateRedis();
    const folder = await mkdtemp(path.join(tmpdir(), 'vpce-crash-'));
    const [approvers, onCall] = [approverAt, onCallAt].map((at) =>
      Array.from({ length: places }, (_, place) => at(place)),
    );
    try {
      const stage = await openStage({
        program: PROGRAM,
        redisUrl: redis.url,
        env: { CRASH_FOLDER: folder, LOG_LEVEL: 'warn', ...env },
        slack: peopleFor(places),
        // Connections are asked for one by one, too.
        cloud: { state: sampleCloud({ listShowsConnection: false }) },
        config: (usual) => ({
          ...usual,
          accounts: Object.fromEntries(
            [COMMON_ACCOUNT, ...TURN_ACCOUNTS].map((name) => [
              name,
              { ...usual.accounts.production, settle: '1s', create_spacing: '20ms' },
            ]),
          ),
          rules: usual.rules.map((rule) => ({
            ...rule,
            match: {},
            steps: [{ users: approvers, required: 1 }],
            emergency: { users: onCall },
          })),
        }),
      });
      return new Theatre(stage, redis, folder);
    } catch (error) {
      await redis.stop();
      throw error;
    }
  }

  /** How many were played here. */
  get batches(): number {
    return this.plays;
  }

  async close(): Promise<void> {
    await this.stage.stop();
    await this.redis.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  /**
   * All at once. When each is at its point or at its end, the process is killed, and another one goes on.
   * @param undisturbed how each journey ends without; absent: its calls are recorded.
   */
  async play({ scenes, takeOver, point }: Batch, undisturbed?: ReadonlyMap<string, Ending>): Promise<BatchPlayed> {
    const victim = this.stage.bot;
    const pid = pidOf(victim);
    this.plays += 1;
    const { plays: play } = this;
    const takeOvers = new TakeOvers();
    const stops: Record<string, Point> = point === undefined ? {} : { [PROCESS]: point };
    const order = () => giveOrders(this.folder, pid, { play, stops, record: undisturbed === undefined });
    order();
    const stopped = () => new Set(readNotes(this.folder, pid, 'stopped').map(({ request }) => request));
    const all: Acting[] = [];
    const accounts = [...TURN_ACCOUNTS];
    const played = scenes.map((scene, place) => {
      const { journey } = scene;
      const service = newService(this.stage.cloud, journey.service);
      const account = journey.takesTurn === true ? accounts.shift() : undefined;
      const wish = { ...journey.wish, ...(account === undefined ? {} : { account }) };
      const story = new Story(this.stage, { ...wish, service, who: requesterAt(place) });
      const acting: Acting = { scene, story, waitsFor: 0, goOn: () => {}, over: false };
      all.push(acting);
      const cast = new Cast(this.stage, this.requests, place, story, takeOvers, (id) => {
        if (scene.point !== undefined) stops[id] = scene.point;
        order();
      });
      return this.act(acting, cast, undisturbed).finally(() => {
        acting.over = true;
      });
    });
    const isStopped = ({ story }: Acting, now: ReadonlySet<string>) => now.has(story.id) || now.has(PROCESS);

    // Whoever waits for somebody who is stopped goes on after the kill.
    const onTheirWay = () => {
      const now = stopped();
      return all.filter((each) => !each.over && !isStopped(each, now));
    };
    // Time must not move on over those who are stopped before they have a card: they would expire.
    const mayMove = !scenes.some(({ isEarly }) => isEarly === true);
    await this.until(all, MEANWHILE_MS, onTheirWay, mayMove).catch(() => {});
    const reached = stopped();
    if (reached.size > 0) {
      await this.crash(victim, takeOver);
      takeOvers.happened();
    }
    await this.until(all, 2 * PATIENCE_MS, () => all.filter(({ over }) => !over)).catch(() => {});
    const outcomes = await Promise.all(all.map(({ over }, index) => (over ? played[index] : NOT_OVER)));
    giveOrders(this.folder, pid, { play, stops: {}, record: false });
    const called = undisturbed === undefined ? readNotes(this.folder, pid, 'called') : [];
    const callsOf = (id: string) => called.filter(({ request }) => request === id).map(({ call }) => call);
    const { log } = this.stage.slack;
    return {
      played: all.map((each, index) => ({
        scene: each.scene,
        reached: isStopped(each, reached),
        calls: callsOf(each.story.id),
        problems: [],
        ...outcomes[index],
      })),
      processCalls: callsOf(PROCESS),
      amiss: [
        ...log.protocolErrors,
        ...log.unknownMethods,
        ...log.duplicatePosts().map((each) => JSON.stringify(each)),
      ],
    };
  }

  private async act(
    acting: Acting,
    cast: Cast,
    undisturbed: ReadonlyMap<string, Ending> | undefined,
  ): Promise<Pick<Played, 'problems' | 'ending'>> {
    const { journey } = acting.scene;
    try {
      await journey.act(cast, (ms) => {
        acting.waitsFor = ms;
        return new Promise((resolve) => {
          acting.goOn = () => {
            acting.waitsFor = 0;
            resolve();
          };
        });
      });
      const unclear = () => this.unansweredWhispers(acting.story.id);
      return await endingOf(acting.story, journey, this.requests, undisturbed?.get(journey.name), unclear);
    } catch (error) {
      // What the whole of Slack looks like then is too much to read.
      return { problems: [`${String(error).split('\n', 1)[0]} (${await this.pastOf(acting.story)})`] };
    }
  }

  /** Ephemeral messages of which a bot heard nothing in time, as it says itself: those it says again. */
  private unansweredWhispers(id: string): number {
    return this.stage.bots
      .flatMap(({ lines }) => lines)
      .filter(({ request, msg, result }) => request === id && msg === 'not posted' && result === 'unclear').length;
  }

  /** What happened to it, and what was refused and why. */
  private async pastOf({ id }: Story): Promise<string> {
    const history = await this.requests.history(id as RequestId);
    return history
      .map(({ event }) => (event.type === 'attempt-refused' ? `refused: ${JSON.stringify(event.refusal)}` : event.type))
      .join(', ');
  }

  /** Until nobody is on their way; when all who are wait for the clock, it moves, or that is all for now. */
  private async until(
    all: readonly Acting[],
    withinMs: number,
    onTheirWay: () => readonly Acting[],
    mayMove = true,
  ): Promise<void> {
    await eventually(
      'each play at its point or at its end',
      async () => {
        const left = onTheirWay();
        if (left.length === 0) return true;
        await sleep(LOOK_AGAIN_MS);
        if (left.every(({ waitsFor }) => waitsFor > 0)) {
          if (!mayMove) return true;
          await this.stage.advance(Math.max(...all.map(({ waitsFor }) => waitsFor)));
          for (const each of left) each.goOn();
        }
        return false;
      },
      withinMs,
    );
  }

  private async crash(victim: BotProcess, takeOver: TakeOver): Promise<void> {
    if (takeOver === 'standby') await this.stage.addBot();
    victim.signal('SIGKILL');
    await victim.ended;
    if (takeOver === 'successor') await this.stage.addBot();
  }
}

function pidOf({ lines }: BotProcess): number {
  return Number(lines.find(({ event }) => event === 'ready')?.pid);
}
