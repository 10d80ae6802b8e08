/** Who stands behind a rule's names at the moment, as Slack tells it: read for the card, never to decide by. */
import type { UserGroupId, UserId } from '../ids.ts';
import type { Standing } from '../refusals.ts';
import { isAmong } from './match.ts';
import { type Approval, progressOf } from './progress.ts';
import type { People, Rule } from './rule.ts';

export type GroupProblem = 'disabled' | 'absent' | 'missing-scope' | 'rate-limited' | 'unreadable';

export interface RosterPerson {
  readonly id: UserId;
  /** As Slack shows it; absent when it was not told. */
  readonly name?: string;
  readonly standing: Standing;
  /** Not in the private channel that the card is in. */
  readonly outside?: true;
}

export type RosterGroup =
  | { readonly id: UserGroupId; readonly name?: string; readonly members: readonly UserId[] }
  | { readonly id: UserGroupId; readonly name?: string; readonly problem: GroupProblem };

/** Of the people and user groups that a rule names; of large groups not everybody is among the people. */
export interface Roster {
  readonly people: readonly RosterPerson[];
  readonly groups: readonly RosterGroup[];
}

/** What keeps a name in a rule from being of use. */
export type RosterTrouble =
  | { readonly kind: 'person'; readonly user: UserId; readonly standing: Exclude<Standing, 'member'> }
  | { readonly kind: 'group'; readonly group: UserGroupId; readonly problem: GroupProblem | 'empty' };

/** Everybody a rule gives a say in its steps, the requester aside unless their own yes counts. */
export function couldApprove(rule: Rule, roster: Roster, requester: UserId): readonly UserId[] {
  const named = rule.steps.flatMap(({ users }) => users);
  const members = rule.steps.flatMap(({ groups }) => groups.flatMap((group) => membersOf(roster, group)));
  return [...new Set([...named, ...members])].filter(
    (user) => (rule.selfApproval || user !== requester) && mayCount(roster, user),
  );
}

/** Those of them whose yes would still fill a place. */
export function mayStillApprove(
  rule: Rule,
  roster: Roster,
  requester: UserId,
  approvals: readonly Approval[],
): readonly UserId[] {
  return couldApprove(rule, roster, requester).filter(fillsAPlace(rule, roster, approvals));
}

function fillsAPlace(rule: Rule, roster: Roster, approvals: readonly Approval[]): (by: UserId) => boolean {
  const before = progressOf(rule, approvals).filled;
  return (by) => {
    if (approvals.some((approval) => approval.by === by)) return false;
    return progressOf(rule, [...approvals, { by, at: 0, groups: groupsIn(roster, by) }]).filled > before;
  };
}

/** More than so many people are not written to one by one. */
const MOST_TOLD_DIRECTLY = 20;

/** Those of them who do not see the card, as it is in a private channel, and to whom it comes. */
export function toldDirectly(
  rule: Rule,
  roster: Roster,
  requester: UserId,
  approvals: readonly Approval[],
): readonly UserId[] {
  const outside = new Set(roster.people.flatMap(({ id, outside: isOutside }) => (isOutside ? [id] : [])));
  // Counted before anybody has approved, so that nobody moves up later and counts as told.
  return couldApprove(rule, roster, requester)
    .filter((user) => outside.has(user))
    .slice(0, MOST_TOLD_DIRECTLY)
    .filter(fillsAPlace(rule, roster, approvals));
}

/** Whether those who may, together with those who have, are enough; `undefined` while a group can't be read. */
export function canBeMet(
  rule: Rule,
  roster: Roster,
  requester: UserId,
  approvals: readonly Approval[],
): boolean | undefined {
  const all = couldApprove(rule, roster, requester).map((by) => ({ by, at: 0, groups: groupsIn(roster, by) }));
  if (progressOf(rule, [...approvals, ...all.filter(({ by }) => !approvals.some((each) => each.by === by))]).complete) {
    return true;
  }
  return rosterTroubles(rule.steps, roster).some(mayPass) ? undefined : false;
}

/** In the order of the rule's own words. */
export function rosterTroubles(named: readonly People[], roster: Roster): readonly RosterTrouble[] {
  const users = [...new Set(named.flatMap((people) => people.users))];
  const groups = [...new Set(named.flatMap((people) => people.groups))];
  return [
    ...users.flatMap((user): RosterTrouble[] => {
      // Of a very long list not everybody was looked up; nothing is wrong with those.
      const standing = roster.people.find(({ id }) => id === user)?.standing ?? 'member';
      return standing === 'member' ? [] : [{ kind: 'person', user, standing }];
    }),
    ...groups.flatMap((id): RosterTrouble[] => {
      const group = roster.groups.find((each) => each.id === id);
      if (group === undefined) return [{ kind: 'group', group: id, problem: 'unreadable' }];
      if ('problem' in group) return [{ kind: 'group', group: id, problem: group.problem }];
      return group.members.length === 0 ? [{ kind: 'group', group: id, problem: 'empty' }] : [];
    }),
  ];
}

/** Whether it may be otherwise the next time one looks, without anybody doing anything. */
export function mayPass(trouble: RosterTrouble): boolean {
  if (trouble.kind === 'person') return trouble.standing === 'unknown';
  return trouble.problem === 'rate-limited' || trouble.problem === 'unreadable';
}

/** Which of the rule's groups a person is in, as far as they could be read. */
export function groupsIn(roster: Roster, user: UserId): readonly UserGroupId[] {
  return roster.groups.flatMap((group) => ('members' in group && group.members.includes(user) ? [group.id] : []));
}

export function isIn(people: People, roster: Roster, user: UserId): boolean {
  return isAmong(people, user, groupsIn(roster, user));
}

function membersOf(roster: Roster, id: UserGroupId): readonly UserId[] {
  const group = roster.groups.find((each) => each.id === id);
  return group !== undefined && 'members' in group ? group.members : [];
}

/** Nobody is left out because Slack did not say who they are: whether they count is decided when they click. */
function mayCount(roster: Roster, user: UserId): boolean {
  const standing = roster.people.find(({ id }) => id === user)?.standing ?? 'unknown';
  return standing === 'member' || standing === 'unknown';
}
