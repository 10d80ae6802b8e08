/** Gathers what an explanation of an approval needs: the request or the rule, who reads it, and who stands behind the names. */
import type { AccountName, InstanceId, RequestId, UserGroupId, UserId } from '../domain/ids.ts';
import { type Explanation, explain, type Prospect, prospects } from '../domain/policy/explanation.ts';
import { groupsOfRequesters } from '../domain/policy/match.ts';
import { groupsOf } from '../domain/policy/progress.ts';
import type { Roster } from '../domain/policy/roster.ts';
import type { Rule } from '../domain/policy/rule.ts';
import type { Standing } from '../domain/refusals.ts';
import { rosterOf } from './effects/read-roster.ts';
import type { RequestRecord } from './record.ts';
import type { Workspace } from './workspace.ts';

export type Explained =
  | { readonly kind: 'not-for-you'; readonly standing: Exclude<Standing, 'member'> }
  | { readonly kind: 'no-such-request'; readonly id: RequestId }
  /** It was sent a moment ago and has not been looked at yet. */
  | { readonly kind: 'too-early'; readonly id: RequestId }
  /** No rule was ever laid to it. */
  | { readonly kind: 'ungoverned'; readonly record: RequestRecord }
  | {
      readonly kind: 'request';
      readonly record: RequestRecord;
      readonly explanation: Explanation;
      readonly roster: Roster;
    }
  | {
      readonly kind: 'prospect';
      readonly account: AccountName;
      readonly instanceId: InstanceId;
      /** Of a request for the longest time; undefined where no rule matches it, or that can't be told. */
      readonly explanation: Explanation | undefined;
      readonly roster: Roster;
      /** For other lifetimes, where they fall under something else; the first is the one that is explained. */
      readonly prospects: readonly [Prospect, ...Prospect[]];
      /** Those of the groups that decide about the rule which Slack did not tell. */
      readonly unreadable: readonly UserGroupId[];
    };

export type ExplainTools = Pick<Workspace, 'requests' | 'directory' | 'policy' | 'channels'> & {
  /** `Moment.now`. */
  readonly now: () => number;
};

const NOBODY: Roster = { people: [], groups: [] };

/** Rejects as `Requests.load` does. */
export async function explainRequest(id: RequestId, reader: UserId, tools: ExplainTools): Promise<Explained> {
  const { record, inbox } = await tools.requests.load(id);
  const request = record?.request;
  const rule = request !== undefined && 'rule' in request ? request.rule : undefined;
  const [person, roster] = await Promise.all([
    tools.directory.identify(reader, rule === undefined ? [] : groupsOf(rule)),
    rule === undefined ? NOBODY : rosterOf(rule, tools),
  ]);
  if (person.standing !== 'member') return { kind: 'not-for-you', standing: person.standing };
  if (record === undefined) return { kind: inbox.length > 0 ? 'too-early' : 'no-such-request', id };
  if (request === undefined || !('rule' in request)) return { kind: 'ungoverned', record };
  const explanation = explain(request, { reader, person, roster, now: tools.now() });
  return { kind: 'request', record, explanation, roster };
}

/** What a request of the reader's would fall under. */
export async function explainProspect(
  { account, instanceId }: { readonly account: AccountName; readonly instanceId: InstanceId },
  reader: UserId,
  tools: ExplainTools,
): Promise<Explained> {
  const { rules } = tools.policy.current();
  const { standing, groups, unreadable } = await tools.directory.identify(reader, groupsOfRequesters(rules));
  if (standing !== 'member') return { kind: 'not-for-you', standing };
  const subject = { account, action: 'create', instanceId, requester: reader, groups } as const;
  const [first, ...others] = prospects(rules, subject, unreadable);
  if (first === undefined) throw new Error('no lifetime to ask for');
  const rule = first.which.kind === 'found' ? first.which.rule : undefined;
  const { explanation, roster } =
    rule === undefined ? { explanation: undefined, roster: NOBODY } : await ofRule(rule, reader, tools);
  return { kind: 'prospect', account, instanceId, explanation, roster, prospects: [first, ...others], unreadable };
}

async function ofRule(rule: Rule, reader: UserId, tools: ExplainTools) {
  const [person, roster] = await Promise.all([tools.directory.identify(reader, groupsOf(rule)), rosterOf(rule, tools)]);
  return { explanation: explain(rule, { reader, person, roster, now: tools.now() }), roster };
}
