/** Whether an account's credentials are there, and may do what the bot does. */
import { judgeProblem } from '../../domain/cloud-errors.ts';
import type { Finding } from '../../domain/doctor/findings.ts';
import type { AccountName } from '../../domain/ids.ts';
import type { AccountExaminer, AccountReport } from './ports.ts';

export function judgeAccount(account: AccountName, report: Awaited<ReturnType<AccountExaminer>>): readonly Finding[] {
  switch (report.kind) {
    case 'no-credentials':
      return [{ id: 'credentials-absent', account, error: report.error }];
    case 'examined':
      return judgeActions(account, report);
  }
}

function judgeActions(account: AccountName, { actions, instances }: AccountReport): readonly Finding[] {
  const denied: Finding[] = [];
  const failed: Extract<Finding, { id: 'cloud-refuses' }>[] = [];
  const untried: string[] = [];
  for (const { action, outcome } of actions) {
    switch (outcome.kind) {
      case 'allowed':
        break;
      case 'untried':
        untried.push(action);
        break;
      case 'denied':
        denied.push({ id: 'permission-missing', account, action: outcome.missing });
        break;
      case 'failed': {
        const { problem } = outcome;
        failed.push({ id: 'cloud-refuses', account, action, reason: judgeProblem(problem).reason, code: problem.code });
      }
    }
  }
  // What is wrong with the credentials or the host is wrong with every call: it is said once.
  const distinct = failed.filter((each, index) => failed.findIndex(({ code }) => code === each.code) === index);
  const fine: readonly Finding[] =
    denied.length + failed.length === 0 ? [{ id: 'account-ready', account, instances: instances ?? 0 }] : [];
  const unknown: readonly Finding[] =
    untried.length > 0 && failed.length === 0 ? [{ id: 'permission-unknown', account, actions: untried }] : [];
  return [...denied, ...distinct, ...fine, ...unknown];
}
