/** Looks after a stage under fire: the process lives, and nothing came of what was thrown but a word to who threw it. */
import { isDeepStrictEqual } from 'node:util';
import type { Redis } from 'ioredis';
import { BOT_USER } from '../../sandbox/slack/sample-workspace.ts';
import type { Stage } from '../../sandbox/stage.ts';
import { eventually } from '../support/eventually.ts';

/** In whose name things are thrown. Those who may decide are not among them. */
const BYSTANDERS = ['U0BEN', 'U0CAT'];
const READS = ['ListInstance', 'DescribeInstance', 'ListVpcEndpointServices', 'GetVpcEndpointServiceAttribute'];
/** Forms that are open: what was picked in them, for a while. */
const PICKS = /^\{vpce:T0ACME\}:picks:[A-Za-z0-9]{1,64}$/;
const LONGEST_PICKS = 700;
/** What is written before a replica is waited for, and holds nothing. */
const FENCE = '{vpce:T0ACME}:fence';

export interface Watch {
  /** @throws what is amiss. */
  check(): Promise<void>;
  /** MiB that the bot's process takes now. */
  memory(): Promise<number>;
}

export async function watch(stage: Stage, redis: Redis): Promise<Watch> {
  const { slack, cloud, bot } = stage;
  const stock = async () => {
    const keys = (await redis.keys('*')).filter((key) => !key.startsWith('{vpce-jobs}') && !PICKS.test(key));
    return keys.sort();
  };
  // A click on the real request is decided, and noted in its audit trail: with a no.
  const request = async () => {
    const records = (await redis.keys('{vpce:T0ACME}:request:*')).sort();
    return await Promise.all(
      records.map(async (key) => {
        const data = String(await redis.hget(key, 'data'));
        const { request: stored } = JSON.parse(data) as { request: { readonly id: string } };
        return stored;
      }),
    );
  };
  const before = { keys: await stock(), request: await request() };
  const [calls, messages] = [cloud.calls.length, slack.workspace.messages.length];
  const ids = before.request.map(({ id }) => id);
  const people = [...slack.workspace.users.keys()];
  let ended = false;
  void bot.ended.then(() => {
    ended = true;
  });

  return {
    async check() {
      if (ended) throw new Error(`the bot ended: ${JSON.stringify(bot.lines.slice(-5))}`);
      const ready = await fetch(`${bot.adminUrl}/readyz`);
      if (ready.status !== 200) throw new Error(`the bot is not well: ${await ready.text()}`);
      const crashed = bot.lines.find(({ text }) => text !== undefined);
      if (crashed !== undefined) throw new Error(`the bot wrote what is no line of its log: ${String(crashed.text)}`);

      const unwelcome = cloud.calls.slice(calls).find(({ action }) => !READS.includes(action));
      if (unwelcome !== undefined) throw new Error(`the cloud was asked to ${unwelcome.action}`);
      const told = slack.workspace.messages.slice(messages).filter(({ user }) => user === BOT_USER);
      for (const { channel, ephemeralTo, text } of told) {
        const reader = ephemeralTo ?? people.find((id) => slack.workspace.dm(id).id === channel);
        if (reader === undefined || BYSTANDERS.includes(reader)) throw new Error(`${reader ?? channel} reads: ${text}`);
      }
      await eventually(
        'every click decided',
        async () => (await redis.keys('{vpce:T0ACME}:inbox:*')).length === 0,
        60_000,
      );
      const now = { keys: await stock(), request: await request() };
      const added = now.keys.filter(
        (key) =>
          key !== FENCE &&
          !before.keys.includes(key) &&
          !ids.some((id) => key.endsWith(`:seen:${id}`)) &&
          !isOfHome(key),
      );
      if (added.length > 0) throw new Error(`Redis holds ${added.join(', ').slice(0, 500)}`);
      if (!isDeepStrictEqual(now.request, before.request))
        throw new Error('the request that waited is another one now');
      for await (const keys of redis.scanStream({ match: '{vpce:T0ACME}:picks:*', count: 1_000 })) {
        for (const key of keys as string[]) {
          if ((await redis.strlen(key)) > LONGEST_PICKS || (await redis.ttl(key)) < 0)
            throw new Error(`${key} is too much`);
        }
      }
    },

    async memory() {
      const metrics = await (await fetch(`${bot.adminUrl}/metrics`)).text();
      return Number(/^process_resident_memory_bytes (\S+)/m.exec(metrics)?.[1]) / 1_048_576;
    },
  };
}

/** That one of the people looks at Home may be kept; of nobody else. */
function isOfHome(key: string): boolean {
  return /^\{vpce:T0ACME\}:viewers(?::changes|:shown-by:(?:U0ANN|U0BEN|U0CAT|U0DAN|U0ADA))?$/.test(key);
}
