/** What the `policy` commands say of requests, people and rules: English, for the terminal. */
import type { UserId } from '../domain/ids.ts';
import { SOMEBODY } from '../domain/policy/analysis/subjects.ts';
import type { Clicker, Way } from '../domain/policy/analysis/ways.ts';
import type { PolicySubject } from '../domain/policy/match.ts';
import type { People } from '../domain/policy/rule.ts';

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
] as const;

/** As the config file has it: `90m`, `24h` or `7d`. */
export function durationText(ms: number): string {
  const [unit, size] = UNITS.find(([, each]) => ms % each === 0 && ms > each) ??
    UNITS.find(([, each]) => ms % each === 0) ?? ['ms', 1];
  return `${ms / size}${unit}`;
}

export function listed(words: readonly string[], last: 'and' | 'or' = 'and'): string {
  if (words.length <= 1) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}

export function quoted(rule: { readonly name: string }): string {
  return `“${rule.name}”`;
}

/** `U0BEN, U0CYD or a member of S0SRE` */
export function peopleText({ users, groups }: People): string {
  const members = groups.length === 0 ? [] : [`a member of ${listed(groups, 'or')}`];
  return listed([...users, ...members], 'or');
}

/** One request, as a sentence without its end. */
export function subjectText({ requester, groups, action, instanceId, account, lifetime }: PolicySubject): string {
  const who = requester === SOMEBODY ? 'Somebody' : requester;
  const inGroups = groups.length === 0 ? '' : `, who is in ${listed(groups)},`;
  const during = lifetime === 'permanent' ? 'permanently' : `for ${lifetime}`;
  const what = action === 'create' ? 'create an endpoint of' : 'delete an endpoint of';
  return `${who}${inGroups} asks to ${what} ${instanceId} in ${account}, ${during}`;
}

/** Sentences: what happens after it was asked. */
export function wayText({ kind, clicks }: Way, requester: UserId): string {
  switch (kind) {
    case 'auto-approval':
      return 'It is approved without anybody’s yes.';
    case 'steps':
      return `${clickersText(clicks, requester)} ${clicks.length === 1 ? 'says' : 'say'} yes: it is approved.`;
    case 'escalation':
      return `Nobody decides until it escalates. Then ${lowered(clickersText(clicks, requester))} ${clicks.length === 1 ? 'says' : 'say'} yes: it is approved.`;
    case 'emergency':
      return `${clickersText(clicks, requester)} approves it alone, as an emergency.`;
  }
}

function clickersText(clicks: readonly Clicker[], requester: UserId): string {
  let others = 0;
  const said = clicks.map(({ user, groups }) => {
    if (user !== requester && user.startsWith(SOMEBODY)) others += 1;
    const inGroups = groups.length === 0 ? '' : `, being in ${listed(groups)},`;
    return `${personText(user, requester, others)}${inGroups}`;
  });
  const text = listed(said);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function personText(user: UserId, requester: UserId, others: number): string {
  if (user === requester) return user === SOMEBODY ? 'the requester' : `the requester ${user}`;
  if (!user.startsWith(SOMEBODY)) return user;
  return others === 1 ? 'somebody else' : 'yet another person';
}

function lowered(text: string): string {
  return /^(The|Somebody|Yet) /.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

/** For programs: nobody in particular has no id. */
export function idOf(user: UserId): string | null {
  return user.startsWith(SOMEBODY) ? null : user;
}

/** For programs: a request in the words of the examples. */
export function askedJson({ requester, groups, account, action, instanceId: instance, lifetime }: PolicySubject) {
  return { requester: idOf(requester), groups, account, action, instance, lifetime };
}
