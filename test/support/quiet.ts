/** Holds a stage to "nothing happened": what is stored, what the cloud was asked, what people can read. */
import { expect } from 'vitest';
import type { LogLine } from '../../sandbox/bot-process.ts';
import type { Message } from '../../sandbox/slack/model.ts';
import { eventually } from './eventually.ts';
import { contentsOf } from './redis-contents.ts';
import type { StageOfFile } from './stage-of-file.ts';

export interface Unchanged {
  /** Ephemeral messages that came meanwhile. */
  readonly whispers: readonly Message[];
  /** Resolves once the log has such a line that was not there before. */
  logged(matches: (line: LogLine) => boolean): Promise<LogLine>;
}

/**
 * Takes stock, does it, and takes stock again.
 * @returns what may have come of it: a word to somebody alone, and lines in the log.
 */
export async function changingNothing(
  { stage, slack, cloud, redis }: StageOfFile,
  work: () => Promise<unknown>,
): Promise<Unchanged> {
  await eventually('the lists that a fresh process asks for', () =>
    ['ListInstance', 'ListVpcEndpointServices'].every((name) => cloud.calls.some(({ action }) => action === name)),
  );
  const client = redis.client();
  const stock = async () => ({
    stored: await contentsOf(client),
    cloud: cloud.calls.map(({ action }) => action),
    public: slack.workspace.messages.filter(({ ephemeralTo }) => ephemeralTo === undefined).map(({ text }) => text),
  });
  const before = await stock();
  const [messages, lines] = [slack.workspace.messages.length, stage.bot.lines.length];
  await work();
  // Once this is answered, everything that came before it was heard.
  const heard = await slack.as('U0ANN').command('C0DATA', '/vpc-endpoint', 'help');
  expect(heard).toMatchObject({ ok: true });
  expect(await stock()).toEqual(before);
  client.disconnect();
  return {
    whispers: slack.workspace.messages.slice(messages, -1),
    logged: (matches) => eventually('a line in the log', () => stage.bot.lines.slice(lines).find(matches)),
  };
}
