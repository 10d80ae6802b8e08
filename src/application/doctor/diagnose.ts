/** The doctor: looks at everything that a bot with these settings needs, at once, and changes nothing. */
import type { CheckedArea, Finding } from '../../domain/doctor/findings.ts';
import { accountsWithoutRule, shadowedRules } from '../../domain/doctor/policy-review.ts';
import type { AccountName } from '../../domain/ids.ts';
import type { Rule } from '../../domain/policy/rule.ts';
import type { Channels } from '../announce.ts';
import { within } from '../patience.ts';
import { checkChannels } from './check-channels.ts';
import { checkPeople } from './check-people.ts';
import { judgeAccount } from './judge-account.ts';
import { type Clock, judgeClocks } from './judge-clocks.ts';
import { judgeRedis } from './judge-redis.ts';
import { judgeIdentity, judgeSocket } from './judge-slack.ts';
import type { AccountExaminer, AheadMs, Identified, RedisExaminer, SlackExaminer } from './ports.ts';

/** What the config file says of one workspace. */
export interface Settings {
  readonly rules: readonly Rule[];
  readonly channels: Channels;
  readonly accounts: ReadonlyMap<AccountName, AccountExaminer>;
}

export interface Patient {
  readonly slack: SlackExaminer;
  readonly redis: RedisExaminer;
  /**
   * @param teamId undefined when Slack did not say which workspace this is.
   * @returns undefined: the config file has no such workspace. `unreadable`: it is not known what the file says of it.
   */
  readonly settings: (teamId: string | undefined) => Settings | 'unreadable' | undefined;
}

/** Longer than any single call, so that only what makes many of them is cut short. */
const PATIENCE_MS = 20_000;

/** Never rejects, and is over within twice {@link PATIENCE_MS}. */
export async function diagnose(patient: Patient, patienceMs = PATIENCE_MS): Promise<readonly Finding[]> {
  const look: Look = (area, work) => boundedLook(area, work, patienceMs);
  const { slack } = patient;
  const identity = await look('slack', slack.identify);
  const identified = 'seen' in identity && identity.seen.kind === 'identified' ? identity.seen : undefined;
  const settings = patient.settings(identified?.teamId);
  const known = settings === 'unreadable' ? undefined : settings;
  const inSlack = identified === undefined ? undefined : known;

  const [socket, channels, people, redis, clouds] = await Promise.all([
    look('slack', slack.socket),
    inSlack && look('channels', () => checkChannels(slack, inSlack)),
    inSlack && identified && look('people', () => checkPeople(slack, identified.teamId, inSlack.rules)),
    look('redis', patient.redis),
    look('cloud', () => examineClouds(known)),
  ]);
  return [
    ...told(identity, judgeIdentity),
    ...told(socket, judgeSocket),
    ...(identified !== undefined && settings === undefined
      ? [{ id: 'workspace-unknown', teamId: identified.teamId } as const]
      : []),
    ...told(channels, itself),
    ...told(people, itself),
    ...(known === undefined ? [] : judgePolicy(known)),
    ...told(redis, judgeRedis),
    ...told(clouds, (seen) => seen.flatMap(({ account, report }) => judgeAccount(account, report))),
    ...judgeClocks(...clocksOf(identified, redis, clouds)),
  ];
}

type Looked<T> = { readonly seen: T } | { readonly missed: Finding };
type Look = <T>(area: CheckedArea, work: () => Promise<T>) => Promise<Looked<T>>;

async function boundedLook<T>(area: CheckedArea, work: () => Promise<T>, ms: number): Promise<Looked<T>> {
  const missed = (error: string): Looked<T> => ({ missed: { id: 'not-looked-at', area, error } });
  const done = work().then(
    (seen): Looked<T> => ({ seen }),
    (error: unknown) => missed(error instanceof Error ? error.message : String(error)),
  );
  return (await within(ms, done)) ?? missed('too late');
}

function told<T>(looked: Looked<T> | undefined, judge: (seen: T) => readonly Finding[]): readonly Finding[] {
  if (looked === undefined) return [];
  return 'seen' in looked ? judge(looked.seen) : [looked.missed];
}

const itself = (findings: readonly Finding[]): readonly Finding[] => findings;

interface ExaminedAccount {
  readonly account: AccountName;
  readonly report: Awaited<ReturnType<AccountExaminer>>;
}

function examineClouds(settings: Settings | undefined): Promise<readonly ExaminedAccount[]> {
  return Promise.all(
    [...(settings?.accounts ?? [])].map(async ([account, examine]) => ({ account, report: await examine() })),
  );
}

/** Redis's clock, and those that are compared with it. */
function clocksOf(
  slack: Identified | undefined,
  redis: Looked<Awaited<ReturnType<RedisExaminer>>>,
  clouds: Looked<readonly ExaminedAccount[]>,
): [own: AheadMs | undefined, others: readonly Clock[]] {
  const others: Clock[] = [];
  if (slack?.aheadMs !== undefined) others.push({ whose: { kind: 'slack' }, aheadMs: slack.aheadMs });
  for (const { account, report } of 'seen' in clouds ? clouds.seen : []) {
    if (report.kind !== 'examined' || report.aheadMs === undefined) continue;
    others.push({ whose: { kind: 'cloud', account }, aheadMs: report.aheadMs });
  }
  const own = 'seen' in redis && redis.seen.kind === 'reached' ? redis.seen.aheadMs : undefined;
  return [own, others];
}

function judgePolicy({ rules, accounts }: Settings): readonly Finding[] {
  const findings: readonly Finding[] = [
    ...shadowedRules(rules).map(({ rule, by }) => ({ id: 'rule-shadowed', rule: rule.name, by: by.name }) as const),
    ...accountsWithoutRule(rules, [...accounts.keys()]).map(
      (account) => ({ id: 'account-without-rule', account }) as const,
    ),
  ];
  return findings.length > 0 ? findings : [{ id: 'policy-ready', rules: rules.length }];
}
