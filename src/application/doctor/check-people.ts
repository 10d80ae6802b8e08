/** The people and user groups that the rules name: who of them may approve now, and is that enough for each rule? */
import type { Finding } from '../../domain/doctor/findings.ts';
import { bestProgress } from '../../domain/doctor/policy-review.ts';
import type { UserGroupId, UserId } from '../../domain/ids.ts';
import { groupsOf } from '../../domain/policy/progress.ts';
import type { Rule } from '../../domain/policy/rule.ts';
import type { Group, SlackExaminer, Unknown } from './ports.ts';

/** Slack answers about a hundred of these a minute, and the bot itself asks too. */
const MEMBERS_LOOKED_UP = 40;

type Standings = ReadonlyMap<UserId, Awaited<ReturnType<SlackExaminer['standing']>>>;

export async function checkPeople(
  slack: SlackExaminer,
  teamId: string,
  rules: readonly Rule[],
): Promise<readonly Finding[]> {
  const users = [...new Set(rules.flatMap((rule) => rule.steps.flatMap((step) => step.users)))];
  const named = [...new Set(rules.flatMap(groupsOf))];
  const groups = named.length === 0 ? new Map<UserGroupId, Group>() : await slack.groups();
  const standings = new Map(
    await Promise.all(
      lookedUp(users, named, groups).map(async (user) => [user, await slack.standing(user, teamId)] as const),
    ),
  );
  const findings = [
    ...users.flatMap((user) => judgeUser(user, standings, rules)),
    ...judgeGroups(named, groups, standings, rules),
    ...unmetRules(rules, groups, standings),
  ];
  return findings.length > 0 ? findings : [{ id: 'people-ready', users: users.length, groups: named.length }];
}

/** Everybody who is named, and as many members of user groups as may be asked for. */
function lookedUp(
  users: readonly UserId[],
  named: readonly UserGroupId[],
  groups: ReadonlyMap<UserGroupId, Group> | Unknown,
): readonly UserId[] {
  if (isUnknown(groups)) return users;
  const members = new Set(named.flatMap((group) => groups.get(group)?.members ?? []));
  return [...users, ...[...members].filter((member) => !users.includes(member)).slice(0, MEMBERS_LOOKED_UP)];
}

function judgeUser(user: UserId, standings: Standings, all: readonly Rule[]): readonly Finding[] {
  const rules = all.filter(({ steps }) => steps.some((step) => step.users.includes(user))).map(({ name }) => name);
  const standing = standings.get(user) ?? 'unknown';
  if (typeof standing === 'object') return [{ id: 'approver-unknown', user, rules, error: standing.error }];
  switch (standing) {
    case 'member':
      return [];
    case 'unknown':
      return [{ id: 'approver-unknown', user, rules, error: 'no answer' }];
    case 'absent':
      return [{ id: 'approver-absent', user, rules }];
    case 'guest':
    case 'bot':
    case 'stranger':
    case 'deactivated':
      return [{ id: 'approver-unfit', user, standing, rules }];
  }
}

function judgeGroups(
  named: readonly UserGroupId[],
  groups: ReadonlyMap<UserGroupId, Group> | Unknown,
  standings: Standings,
  all: readonly Rule[],
): readonly Finding[] {
  if (isUnknown(groups)) return [{ id: 'groups-unknown', groups: named, error: groups.error }];
  return named.flatMap((group): readonly Finding[] => {
    const rules = all.filter((rule) => groupsOf(rule).includes(group)).map(({ name }) => name);
    const found = groups.get(group);
    if (found === undefined) return [{ id: 'group-absent', group, rules }];
    if (found.disabled) return [{ id: 'group-disabled', group, rules }];
    return found.members.some((member) => mayCount(member, standings)) ? [] : [{ id: 'group-empty', group, rules }];
  });
}

/** A rule that can't be met even if everybody who may approve says yes. What is not known is no reason to say so. */
function unmetRules(
  rules: readonly Rule[],
  groups: ReadonlyMap<UserGroupId, Group> | Unknown,
  standings: Standings,
): readonly Finding[] {
  return rules.flatMap((rule): readonly Finding[] => {
    if (isUnknown(groups) && groupsOf(rule).length > 0) return [];
    const members = new Map<UserGroupId, readonly UserId[]>();
    for (const id of groupsOf(rule)) {
      const group = isUnknown(groups) ? undefined : groups.get(id);
      if (group !== undefined && !group.disabled) members.set(id, group.members);
    }
    const everybody = [...rule.steps.flatMap((step) => step.users), ...[...members.values()].flat()];
    const people = new Set(everybody.filter((user) => mayCount(user, standings)));
    const { complete, filled, required } = bestProgress(rule, people, members);
    return complete ? [] : [{ id: 'rule-unmet', rule: rule.name, filled, required }];
  });
}

/** Whoever was not looked up is taken for a member. */
function mayCount(user: UserId, standings: Standings): boolean {
  const standing = standings.get(user) ?? 'member';
  return typeof standing === 'object' || standing === 'member' || standing === 'unknown';
}

function isUnknown(groups: ReadonlyMap<UserGroupId, Group> | Unknown): groups is Unknown {
  return 'kind' in groups;
}
