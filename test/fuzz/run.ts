/** The whole bombardment: two real bots, one over HTTP and one over sockets, and the parsers; then a good job by each. */
import { setImmediate } from 'node:timers/promises';
import { openStage, type Stage } from '../../sandbox/stage.ts';
import { type PrivateRedis, startPrivateRedis } from '../support/redis.ts';
import { Story } from '../support/story.ts';
import { Chance } from './chance.ts';
import { type Parser, parsers } from './parse.ts';
import { type Recorded, record } from './record.ts';
import { shrunk } from './shrink.ts';
import { closeHttp, EXPECTED, fireHttp, fireRaw, httpShot, rawShot } from './throw-http.ts';
import { fireFrames, frame } from './throw-socket.ts';
import { type Watch, watch } from './watch.ts';

export interface FuzzOptions {
  readonly seed: number;
  readonly count: number;
  readonly say?: (line: string) => void;
}

export interface FuzzReport {
  /** How many of each outcome, by entry point. */
  readonly outcomes: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** The most that each bot took, in MiB. */
  readonly memory: Readonly<Record<string, number>>;
}

/** What was thrown when something went wrong: one thing where that is known, else all since the last look. */
export class FuzzFailure extends Error {
  readonly thrown: readonly string[];

  constructor(entry: string, why: string, thrown: readonly string[]) {
    super(`${entry}: ${why}`);
    this.thrown = thrown;
  }
}

const UNKNOWN = 'req_01ARZ3NDEKTSV4RRFFQ69G5FAV';
const AT_ONCE = 24;
const FRAMES_AT_ONCE = 100;
/** After so many the stage is looked at. */
const LOOK_AFTER = 2_000;
/** Of everything that is thrown. */
const SHARES = { http: 0.4, raw: 0.03, socket: 0.27 };
/** A click on the real request costs the bot a message: most are on one that is not there. */
const REAL = 0.05;

export async function fuzz({ seed, count, say = () => {} }: FuzzOptions): Promise<FuzzReport> {
  const opened: { stage: Stage; redis: PrivateRedis }[] = [];
  const open = async (transport: 'http' | 'socket'): Promise<Opened> => {
    const redis = await startPrivateRedis();
    const stage = await openStage({ redisUrl: redis.url, transport, env: { LOG_LEVEL: 'error' } });
    opened.push({ stage, redis });
    return { stage, client: redis.client() };
  };
  const opening = [open('socket'), open('http')] as const;
  try {
    const [socket, http] = await Promise.all(opening);
    return await new Bombardment(new Chance(seed), count, say).run(socket, http);
  } finally {
    closeHttp();
    // Should one not have opened, the other may be about to.
    await Promise.allSettled(opening);
    await Promise.all(opened.map(({ stage, redis }) => stage.stop().finally(() => redis.stop())));
  }
}

type Opened = { readonly stage: Stage; readonly client: ReturnType<PrivateRedis['client']> };

class Bombardment {
  private readonly chance: Chance;
  private readonly count: number;
  private readonly say: (line: string) => void;
  private readonly outcomes = new Map<string, Map<string, number>>();
  private readonly memory: Record<string, number> = {};
  private recorded: readonly Recorded[] = [];
  private real = '';
  private thrown = 0;

  constructor(chance: Chance, count: number, say: (line: string) => void) {
    this.chance = chance;
    this.count = count;
    this.say = say;
  }

  async run(socket: Opened, http: Opened): Promise<FuzzReport> {
    this.recorded = await record(socket.stage, UNKNOWN);
    const { client } = socket;
    const [key = ''] = await client.keys('{vpce:T0ACME}:request:*');
    this.real = key.slice(key.lastIndexOf(':') + 1);
    const entry = {
      commandId: 'click:1',
      command: { kind: 'approve', by: 'U0BEN', revision: 1 },
      at: 1,
      channel: 'C0DATA',
    };
    const stored = {
      record: String(await client.hget(key, 'data')),
      audit: String(await client.lindex(`{vpce:T0ACME}:audit:${this.real}`, -1)),
      entry: JSON.stringify(entry),
    };
    const waiting = new Story(http.stage, { who: 'U0CAT' });
    await waiting.askForCard();
    await waiting.threadSays('waits for approval');

    await this.parsers(
      parsers(this.recorded, stored),
      this.count - Math.round(this.count * (SHARES.http + SHARES.raw + SHARES.socket)),
    );
    await this.overHttp(http.stage, await watch(http.stage, http.client), waiting.id);
    await this.overSockets(socket.stage, await watch(socket.stage, socket.client));
    await Promise.all([http, socket].map(({ stage }) => goodJob(stage)));
    this.say('and a good request went from the command to the domain over each');
    return { outcomes: this.outcomes, memory: this.memory };
  }

  private async parsers(all: readonly Parser[], count: number): Promise<void> {
    for (let done = 0; done < count; done += 1) {
      // Others have things to say meanwhile.
      if (done % 100 === 0) await setImmediate();
      const { name, make, parse } = this.chance.pick(all);
      const text = make(this.chance);
      try {
        this.note(name, parse(text));
      } catch (error) {
        throw new FuzzFailure(name, String(error), [shrunk(text, parse)]);
      }
    }
  }

  private async overHttp(stage: Stage, watched: Watch, real: string): Promise<void> {
    const port = Number(new URL(String(stage.bot.eventsUrl)).port);
    const [posts, raws] = [Math.round(this.count * SHARES.http), Math.round(this.count * SHARES.raw)];
    let [left, since] = [posts + raws, [] as string[]];
    const one = async (): Promise<void> => {
      const isRaw = this.chance.int(posts + raws) < raws;
      const from = this.aim(real);
      const entry = isRaw ? 'HTTP: bytes' : `HTTP: ${from.kind}`;
      const shot = isRaw ? rawShot(from, this.chance) : httpShot(from, this.chance);
      const text = Buffer.isBuffer(shot)
        ? shot.toString('latin1')
        : JSON.stringify({ ...shot, body: shot.body.toString('latin1') });
      since.push(text);
      const outcome = Buffer.isBuffer(shot) ? await fireRaw(port, shot) : await fireHttp(port, shot);
      if (!EXPECTED.includes(outcome)) throw new FuzzFailure(entry, outcome, [text]);
      this.note(entry, outcome);
    };
    while (left > 0) {
      const batch = Math.min(left, LOOK_AFTER);
      left -= batch;
      let begun = 0;
      const lane = async (): Promise<void> => {
        while (begun < batch) {
          begun += 1;
          await one();
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, lane));
      await this.look('http', watched, since);
      since = [];
    }
  }

  private async overSockets({ slack }: Stage, watched: Watch): Promise<void> {
    let [left, since] = [Math.round(this.count * SHARES.socket), [] as string[]];
    while (left > 0) {
      const aimed = Array.from({ length: Math.min(left, FRAMES_AT_ONCE) }, () => this.aim(this.real));
      const frames = aimed.map((from, index) => frame(from, `fz${this.thrown + index}`, this.chance));
      left -= frames.length;
      since.push(...frames);
      const answered = await fireFrames(slack, frames).catch((error: unknown) => {
        throw new FuzzFailure('Socket Mode', String(error), frames);
      });
      this.note('Socket Mode: frames', 'answered', answered);
      this.note('Socket Mode: frames', 'left alone', frames.length - answered);
      if (since.length < LOOK_AFTER && left > 0) continue;
      await this.look('socket', watched, since);
      since = [];
    }
  }

  /** @param real the request that waits behind this door. */
  private aim(real: string): Recorded {
    const from = this.chance.pick(this.recorded);
    const request = this.chance.is(REAL) ? real : UNKNOWN;
    return {
      ...from,
      payload: JSON.parse(JSON.stringify(from.payload).replaceAll(this.real, request)) as Recorded['payload'],
    };
  }

  private async look(which: string, watched: Watch, since: readonly string[]): Promise<void> {
    try {
      await watched.check();
    } catch (error) {
      throw new FuzzFailure(which, String(error), since);
    }
    const mib = await watched.memory();
    this.memory[which] = Math.max(this.memory[which] ?? 0, mib);
    this.say(`${this.thrown} of ${this.count}: the bot over ${which} is well, and takes ${mib.toFixed(0)} MiB`);
  }

  private note(entry: string, outcome: string, times = 1): void {
    const counts = this.outcomes.get(entry) ?? new Map<string, number>();
    this.outcomes.set(entry, counts.set(outcome, (counts.get(outcome) ?? 0) + times));
    this.thrown += times;
    if (Math.floor(this.thrown / 500) > Math.floor((this.thrown - times) / 500)) {
      this.say(`${this.thrown} of ${this.count}: ${entry}`);
    }
  }
}

async function goodJob(stage: Stage): Promise<void> {
  const story = new Story(stage);
  await story.askAndApprove();
  await story.ends();
}
