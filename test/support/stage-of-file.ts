/** Stages for journeys: one for all tests of a file, or one for a single test; each with a Redis of its own. */
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { LocalCloud } from '../../sandbox/alibaba-cloud/server.ts';
import type { LocalSlack } from '../../sandbox/slack/local-slack.ts';
import { openStage, type Stage, type StageOptions } from '../../sandbox/stage.ts';
import { type PrivateRedis, startPrivateRedis } from './redis.ts';
import { transport } from './transport.ts';

export interface StageOfFile {
  readonly stage: Stage;
  readonly slack: LocalSlack;
  readonly cloud: LocalCloud;
  readonly redis: PrivateRedis;
}

/** Opens it before the file's first test, and closes it after the last. */
export function stageOfFile(options: StageOptions = {}): StageOfFile {
  let opened: { readonly stage: Stage; readonly redis: PrivateRedis } | undefined;
  const get = () => {
    if (opened === undefined) throw new Error('the stage opens before the first test, and not earlier');
    return opened;
  };
  beforeAll(async () => {
    const redis = await startPrivateRedis();
    try {
      opened = { redis, stage: await openStage({ redisUrl: redis.url, transport: transport(), ...options }) };
    } catch (error) {
      await redis.stop();
      throw error;
    }
  });
  afterEach(() => nothingAmiss(get().stage.slack));
  afterAll(async () => {
    await opened?.stage.stop();
    await opened?.redis.stop();
  });
  return {
    get stage() {
      return get().stage;
    },
    get slack() {
      return get().stage.slack;
    },
    get cloud() {
      return get().stage.cloud;
    },
    get redis() {
      return get().redis;
    },
  };
}

/** A stage for one test alone, which may kill what it likes there. */
export async function withStage(work: (stage: Stage) => Promise<void>, options: StageOptions = {}): Promise<void> {
  const redis = options.redisUrl === undefined ? await startPrivateRedis() : undefined;
  try {
    const stage = await openStage({ ...(redis === undefined ? {} : { redisUrl: redis.url }), ...options });
    try {
      await work(stage);
      nothingAmiss(stage.slack);
    } finally {
      await stage.stop();
    }
  } finally {
    await redis?.stop();
  }
}

/** Whatever a journey was about: Slack understood all of it, nothing was said twice, and every click had its ack. */
export function nothingAmiss(slack: LocalSlack): void {
  expect(slack.log.protocolErrors).toEqual([]);
  expect(slack.log.unknownMethods).toEqual([]);
  expect(slack.log.duplicatePosts()).toEqual([]);
}
