/** Builds the bot out of its adapters: the one place where they meet. Starts it, and stops it in the right order. */
import { createAccountSlots } from './adapters/redis/account-slots.ts';
import { connect } from './adapters/redis/connection.ts';
import { type ConfirmedExchange, createConfirmedExchange } from './adapters/redis/exchange.ts';
import { workspaceKeys } from './adapters/redis/keys.ts';
import { createRedisClock } from './adapters/redis/redis-clock.ts';
import { createRedisPace } from './adapters/redis/redis-pace.ts';
import { createRedisPicks } from './adapters/redis/redis-picks.ts';
import { createRedisViewers } from './adapters/redis/redis-viewers.ts';
import { createRequestStore } from './adapters/redis/request-store.ts';
import { createWakeUpQueue, startWakeUpWorker } from './adapters/redis/wake-up-queue.ts';
import { Acks } from './adapters/slack/acks.ts';
import { createAnnouncer } from './adapters/slack/announcer.ts';
import { createAnswerPrivately } from './adapters/slack/answer-privately.ts';
import { createSlackApp } from './adapters/slack/app.ts';
import { createDirectory } from './adapters/slack/directory.ts';
import { createHomeScreen } from './adapters/slack/home-screen.ts';
import { InFlight } from './adapters/slack/in-flight.ts';
import { paced } from './adapters/slack/paced-announcer.ts';
import { People } from './adapters/slack/people.ts';
import { whoAmI } from './adapters/slack/who-am-i.ts';
import { startAdminServer } from './adapters/telemetry/admin-server.ts';
import { createMetrics } from './adapters/telemetry/metrics.ts';
import { announcingHome } from './application/announcing-home.ts';
import { Bells, ringing } from './application/bells.ts';
import { createChoices } from './application/choices.ts';
import { considerPolicyAnew } from './application/consider-anew.ts';
import { Homes } from './application/homes.ts';
import { leavingUnreadable } from './application/leave-unreadable.ts';
import { inForce } from './application/policy-version.ts';
import type { Log } from './application/ports/log.ts';
import { reconcile } from './application/reconcile.ts';
import { repeat } from './application/repeat.ts';
import { wake } from './application/wake.ts';
import type { Workspace } from './application/workspace.ts';
import { openCloudAccounts } from './cloud-accounts.ts';
import { type Config, workspaceConfig } from './config/config.ts';
import { followConfig } from './config/follow-config.ts';
import { countedCloud, countedRequests } from './counted.ts';
import type { RequestId, UserId } from './domain/ids.ts';
import { messagesFor } from './messages/messages-for.ts';
import { newUlid } from './new-ulid.ts';
import { createDoctor } from './open-doctor.ts';
import { openRedis } from './open-redis.ts';
import { createSlackTransport, type RunningTransport } from './slack-transport.ts';

const SWEEP_MS = 500;
/** A changed config file is noticed within this. */
const FOLLOW_MS = 2_000;
/** Within the 15 s that a stop may take: what is in flight is a call of 10 s at most, and who waits for a turn gives up. */
const RUNS_GRACE_MS = 12_000;

export interface RunningBot {
  /** In HTTP mode. */
  readonly port: number | undefined;
  readonly adminPort: number;
  /** Takes no more work, finishes what is in flight, closes everything. */
  stop(): Promise<void>;
}

/**
 * @param around given the finished workspace, answers with the one to work with; a test can watch every port there.
 * @throws {Error} with a sentence for the operator, when it can't be started.
 */
export async function startBot(
  config: Config,
  log: Log,
  around: (workspace: Workspace) => Workspace = (workspace) => workspace,
): Promise<RunningBot> {
  const { tenancy, apiUrl } = config.slack;
  if (tenancy.kind !== 'single') throw new Error('SLACK_CLIENT_ID: several workspaces are not supported yet');

  const metrics = createMetrics();
  const acks = new Acks(metrics.acked);
  const bells = new Bells();
  const openedRedis = await openRedis(config.redis, log);
  const redis = connect(openedRedis.address);
  redis.on('error', (error) => log.warn({ error }, 'redis'));
  const clock = createRedisClock(redis, config.sandbox);
  const wall = () => clock.estimate().wall;
  await clock.read();

  const stopping = new AbortController();
  /** Absent while it starts: Slack may be away for long, and operators should see that. */
  let started:
    | { readonly workspace: Workspace; readonly slack: RunningTransport; readonly store: ConfirmedExchange }
    | undefined;
  const notReady = async (): Promise<string | undefined> => {
    if (stopping.signal.aborted) return 'stopping';
    if (started === undefined) return 'starting: Slack has not said yet who we are';
    const problem = openedRedis.problem() ?? started.slack.problem();
    if (problem !== undefined) return problem;
    const [away, unconfirmed] = await Promise.all([
      clock.read().then(
        () => undefined,
        () => 'Redis does not answer',
      ),
      started.store.problem(),
    ]);
    return away ?? unconfirmed;
  };
  const admin = await startAdminServer({
    ...config.admin,
    metrics,
    ready: async () => {
      const problem = await notReady();
      return { ok: problem === undefined, reasons: problem === undefined ? [] : [problem] };
    },
    ...(config.sandbox
      ? {
          sandboxClock: async (advanceMs: number) => {
            const now = await clock.advance(advanceMs);
            if (started !== undefined) await wake(started.workspace);
            return { now };
          },
        }
      : {}),
  });
  const me = await whoAmI({ token: tenancy.botToken, apiUrl, log });
  const settings = workspaceConfig(config, me.teamId);
  if (settings === undefined) throw new Error(`the config file has no workspace ${me.teamId}`);

  let policy = inForce(settings);
  const people = new People({ token: tenancy.botToken, apiUrl, teamId: me.teamId, wall, log });
  const accounts = openCloudAccounts(settings.accounts, wall);
  const queue = createWakeUpQueue(openedRedis.address, log);
  const confirmed = createConfirmedExchange(openedRedis.address, redis, workspaceKeys(me.teamId).fence, (error) =>
    log.warn({ error }, 'redis: confirmed writes'),
  );
  const directory = createDirectory({ token: tenancy.botToken, apiUrl, people, wall, log });
  const spokenBy = async (user: UserId) => messagesFor((await people.localeOf(user)) ?? settings.locale);
  const store = countedRequests(createRequestStore(redis, me.teamId, confirmed.exchange, log), metrics);
  const homes = new Homes({
    requests: store,
    directory,
    viewers: createRedisViewers(redis, me.teamId),
    screen: createHomeScreen({ token: tenancy.botToken, apiUrl, log, messagesFor: spokenBy }),
    log,
    moment: () => clock.estimate(),
    process: newUlid(),
    monotonic: () => performance.now(),
    after: (ms, work) => {
      const timer = setTimeout(work, ms);
      return () => clearTimeout(timer);
    },
  });
  const workspace = around({
    policy: { current: () => policy },
    channels: settings.channels,
    settings: new Map(settings.accounts.map((account) => [account.name, account])),
    accounts: new Map([...accounts].map(([name, account]) => [name, countedCloud(account, metrics)])),
    requests: announcingHome(store, () => homes.changed()),
    wakeUps: ringing(queue.forWorkspace(me.teamId), bells),
    bells,
    slots: createAccountSlots(redis),
    directory,
    announcer: paced(
      createAnnouncer({
        token: tenancy.botToken,
        apiUrl,
        context: {
          accounts: new Map(settings.accounts.map((account) => [account.name, account])),
          locale: settings.locale,
        },
        workspaceUrl: me.url,
        botUserId: me.userId,
        wall,
        log,
      }),
      createRedisPace(redis, me.teamId, wall),
      log,
    ),
    clock,
    log,
    random: Math.random,
    newId: newUlid,
    giveWay: () => acks.giveWay(),
    pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  });

  const run = leavingUnreadable((id) => reconcile(id, workspace, stopping.signal), workspace);
  const runs = startWakeUpWorker(
    openedRedis.address,
    async (installation, id) => {
      if (installation !== me.teamId) return;
      const result = await run(id).catch((error: unknown) => {
        metrics.reconciled('failed');
        throw error;
      });
      metrics.reconciled(result);
    },
    log,
  );
  const sweep = repeat(() => wake(workspace), SWEEP_MS, log);
  const follower = followConfig(config.configFile, settings, (all) => workspaceConfig({ workspaces: all }, me.teamId));
  const followed = repeat(
    async () => {
      const seen = await follower.look();
      if (seen.kind === 'refused') log.error({ problems: seen.problems }, 'the changed config file was not taken in');
      if (seen.kind !== 'policy') return;
      policy = inForce(seen.policy);
      log.info({ event: 'policy', version: policy.version, rules: policy.rules.length }, 'the policy has changed');
      await considerPolicyAnew(workspace);
    },
    FOLLOW_MS,
    log,
  );

  const choices = createChoices({ accounts: workspace.accounts });
  for (const { name } of settings.accounts) choices.warm(name);
  const inFlight = new InFlight();
  const transport = createSlackTransport(config.slack, { inFlight, log, wall, acks });
  createSlackApp({
    receiver: transport.receiver,
    apiUrl,
    botToken: tenancy.botToken,
    teamId: me.teamId,
    botUserId: me.userId,
    ...(me.botId === undefined ? {} : { botId: me.botId }),
    inFlight,
    tools: {
      requests: workspace.requests,
      wakeUps: workspace.wakeUps,
      directory: workspace.directory,
      policy: workspace.policy,
      channels: workspace.channels,
      giveWay: workspace.giveWay,
      homes,
      log,
      now: () => clock.estimate().now,
      newRequestId: (): RequestId => `req_${newUlid()}`,
      accounts: settings.accounts.map(({ name }) => name),
      choices,
      picks: createRedisPicks(redis, me.teamId),
      answerPrivately: createAnswerPrivately({ token: tenancy.botToken, apiUrl, log }),
      diagnose: createDoctor({ slack: config.slack, botToken: tenancy.botToken, settings, accounts, redis, log }),
      messages: messagesFor(settings.locale),
      messagesFor: spokenBy,
    },
  });
  const slack = await transport.start();

  started = { workspace, slack, store: confirmed };
  // The file may have changed while nobody was there.
  considerPolicyAnew(workspace).catch((error: unknown) => log.warn({ error }, 'what waits is looked at later'));

  return {
    port: slack.port,
    adminPort: admin.port,
    async stop() {
      stopping.abort();
      await Promise.all([slack.stop(), sweep.stop(), followed.stop(), runs.close(RUNS_GRACE_MS)]);
      await homes.stop();
      await queue.close();
      await Promise.all([...accounts.values()].map((account) => account.close()));
      confirmed.close();
      redis.disconnect();
      await Promise.all([admin.close(), openedRedis.stop()]);
    },
  };
}
