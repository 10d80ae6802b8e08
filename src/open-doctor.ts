/** Gives the doctor its instruments: the Slack, the Redis and the accounts that the settings name. */
import { access, constants, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { OpenCloudAccount } from './adapters/alibaba-cloud/account.ts';
import { connect, type RedisClient } from './adapters/redis/connection.ts';
import { examineRedis } from './adapters/redis/examine.ts';
import { createSlackExaminer } from './adapters/slack/examine.ts';
import { diagnose, type Settings } from './application/doctor/diagnose.ts';
import type { RedisExaminer, SlackExaminer } from './application/doctor/ports.ts';
import type { Log } from './application/ports/log.ts';
import type { RedisTarget, SlackSettings, WorkspaceConfig } from './config/config.ts';
import type { Finding } from './domain/doctor/findings.ts';
import type { AccountName } from './domain/ids.ts';
import { openRedis } from './open-redis.ts';

type Accounts = ReadonlyMap<AccountName, OpenCloudAccount>;

export function settingsFor(
  { rules, channels }: Pick<WorkspaceConfig, 'rules' | 'channels'>,
  accounts: Accounts,
): Settings {
  return {
    rules,
    channels,
    accounts: new Map([...accounts].map(([name, account]) => [name, () => account.probePermissions()])),
  };
}

/** For the bot itself, which has everything open already. */
export function createDoctor(bot: {
  readonly slack: SlackSettings;
  readonly botToken: string;
  readonly settings: WorkspaceConfig;
  readonly accounts: Accounts;
  readonly redis: RedisClient;
  readonly log: Log;
}): () => Promise<readonly Finding[]> {
  const slack = slackOf(bot.slack, bot.botToken, bot.log);
  const settings = settingsFor(bot.settings, bot.accounts);
  const redis: RedisExaminer = () => examineRedis(bot.redis).catch(unreachable);
  return () => diagnose({ slack, redis, settings: () => settings });
}

export function slackOf({ transport, apiUrl }: SlackSettings, token: string, log: Log): SlackExaminer {
  const appToken = transport.kind === 'socket' ? transport.appToken : undefined;
  return createSlackExaminer({ token, appToken, apiUrl, log });
}

/** For the command line. The embedded Redis is tried in a folder of its own: the bot may be using the real one. */
export function redisOf(target: RedisTarget, log: Log): RedisExaminer {
  return async () => {
    if (target.kind !== 'embedded') return await examineTarget(target, log);
    const unusable = await folderProblem(target.dir);
    if (unusable !== undefined) return { kind: 'data-folder-unusable', dir: target.dir, error: unusable };
    const dir = await mkdtemp(path.join(tmpdir(), 'vpce-doctor-'));
    try {
      return await examineTarget({ kind: 'embedded', dir }, log);
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  };
}

async function examineTarget(target: RedisTarget, log: Log): ReturnType<RedisExaminer> {
  try {
    const opened = await openRedis(target, log);
    const redis = connect(opened.address);
    // Without a listener it would end the process; with one, the command that waits says what was wrong.
    let lastError: Error | undefined;
    redis.on('error', (error: Error) => {
      lastError = error;
    });
    try {
      return await examineRedis(redis);
    } catch (error) {
      return unreachable(lastError ?? error);
    } finally {
      redis.disconnect();
      await opened.stop();
    }
  } catch (error) {
    return unreachable(error);
  }
}

function unreachable(error: unknown) {
  return { kind: 'unreachable', error: error instanceof Error ? error.message : String(error) } as const;
}

/** Why nothing can be written there: looks at the nearest folder that exists. */
async function folderProblem(dir: string): Promise<string | undefined> {
  const whole = path.resolve(dir);
  try {
    await access(whole, constants.W_OK | constants.X_OK);
    return undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' && path.dirname(whole) !== whole) return await folderProblem(path.dirname(whole));
    return code ?? 'not writable';
  }
}
