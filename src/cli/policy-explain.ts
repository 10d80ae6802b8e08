/** `policy explain`: which rule a request falls under, why, and what then becomes of it. */
import { judgeId } from '../domain/ids.ts';
import { LIFETIMES } from '../domain/lifetime.ts';
import { type Explanation, explain } from '../domain/policy/analysis/explain.ts';
import type { Clicker } from '../domain/policy/analysis/ways.ts';
import type { PolicySubject } from '../domain/policy/match.ts';
import { misused } from './misused.ts';
import { readOptions } from './options.ts';
import { explanationJson, explanationText } from './policy-explain-words.ts';
import { openPolicyFile, problemsText } from './policy-file.ts';

const OPTIONS = {
  requester: { type: 'string' },
  instance: { type: 'string' },
  account: { type: 'string' },
  action: { type: 'string' },
  lifetime: { type: 'string' },
  groups: { type: 'string' },
  'approved-by': { type: 'string' },
  at: { type: 'string' },
  workspace: { type: 'string' },
  json: { type: 'boolean' },
} as const;

type Values = { readonly [K in keyof typeof OPTIONS]?: string | boolean | undefined };

/** @returns the exit status. @param now milliseconds since the epoch. */
export async function policyExplain(
  given: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
  now = Date.now(),
): Promise<number> {
  const read = readOptions(given, OPTIONS);
  if (!read.ok) return misused(read.said, 'policy explain');
  const { values } = read;
  const file = await openPolicyFile(env, values.workspace);
  if (!file.ok) {
    if (file.misused !== undefined) return misused(file.misused, 'policy explain');
    process.stderr.write(problemsText(file.problems));
    return file.status;
  }
  const { rules, accounts } = file.workspace;
  const asked = readAsked(
    values,
    accounts.map(({ name }) => name),
    now,
  );
  if (typeof asked === 'string') return misused(asked, 'policy explain');
  const explanation: Explanation = explain(rules, asked.subject, asked.approvedBy, asked.at);
  process.stdout.write(values.json === true ? explanationJson(explanation) : explanationText(explanation, asked.at));
  return 0;
}

interface Asked {
  readonly subject: PolicySubject;
  readonly approvedBy: readonly Clicker[];
  readonly at: number;
}

/** @returns what is wrong with the command line, if anything is. */
function readAsked(values: Values, accounts: readonly string[], now: number): Asked | string {
  const text = (name: keyof Values) => (typeof values[name] === 'string' ? values[name] : undefined);
  const requester = text('requester');
  if (requester === undefined || !isUser(requester)) return '--requester: expected a Slack user’s id, U… or W…';
  const instanceId = text('instance');
  if (instanceId === undefined || judgeId('instance', instanceId) !== undefined) {
    return '--instance: expected an instance’s id, es-…';
  }
  const account = text('account') ?? (accounts.length === 1 ? accounts[0] : undefined);
  if (account === undefined || !accounts.includes(account)) return `--account: expected one of ${accounts.join(', ')}`;
  const action = text('action') ?? 'create';
  if (action !== 'create' && action !== 'delete') return '--action: expected create or delete';
  const typed = text('lifetime') ?? 'permanent';
  const lifetime = LIFETIMES.find((each) => each === typed);
  if (lifetime === undefined) return `--lifetime: expected one of ${LIFETIMES.join(', ')}`;
  const groups = wordsIn(text('groups'), ',');
  if (!groups.every(isGroup)) return '--groups: expected Slack user groups’ ids, S…,S…';
  const approvedBy = wordsIn(text('approved-by'), ',').map((each): Clicker => {
    const [user = '', ...inGroups] = each.split(':');
    return { user, groups: inGroups };
  });
  if (!approvedBy.every((each) => isUser(each.user) && each.groups.every(isGroup))) {
    return '--approved-by: expected users’ ids, U…,U…, each with the groups that they are in: U…:S…:S…';
  }
  const at = text('at') === undefined ? now : Date.parse(text('at') ?? '');
  if (!Number.isFinite(at)) return '--at: expected a time, such as 2026-12-31T18:00+08:00';
  return { subject: { account, action, instanceId, requester, groups, lifetime }, approvedBy, at };
}

function wordsIn(text: string | undefined, separator: string): readonly string[] {
  return text === undefined || text === '' ? [] : text.split(separator);
}

function isUser(id: string): boolean {
  return /^[UW][A-Z0-9]{1,30}$/.test(id);
}

function isGroup(id: string): boolean {
  return /^S[A-Z0-9]{1,30}$/.test(id);
}
