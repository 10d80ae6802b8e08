/** What is wrong with a form, beside the fields where it is wrong. */
import type { FormField, FormProblem } from '../../../../application/form.ts';
import { couldBeRuled } from '../../../../application/rule-ahead.ts';
import type { Asked } from '../../../../domain/asked.ts';
import type { AccountName, UserId } from '../../../../domain/ids.ts';
import type { ModalMessages } from '../../../../messages/modals.ts';
import type { ListenerTools } from '../tools.ts';

export function formErrors(
  problems: ReadonlyMap<FormField, FormProblem>,
  accounts: readonly AccountName[],
  texts: ModalMessages,
): Record<string, string> {
  // With one account there is no field for it, and a problem has to stand beside one that is there.
  const place = (field: FormField): string => (field === 'account' && accounts.length <= 1 ? 'instance' : field);
  return Object.fromEntries(
    [...problems].map(([field, problem]) => [place(field), sentence(problem, accounts, texts)]),
  );
}

/** For what no rule of the policy covers, whoever asks; undefined where one could. */
export async function ruleErrors(
  asked: Asked,
  user: UserId,
  { policy, messagesFor }: Pick<ListenerTools, 'policy' | 'messagesFor'>,
): Promise<Record<string, string> | undefined> {
  if (couldBeRuled(policy.current().rules, asked, user)) return undefined;
  const { modals } = await messagesFor(user);
  return { instance: modals.problems.noRule(asked.operation.account) };
}

function sentence(problem: FormProblem, accounts: readonly AccountName[], { problems }: ModalMessages): string {
  switch (problem.kind) {
    case 'id':
      return problems.id(problem.of, problem.problem);
    case 'no-account':
      return problems.noAccount;
    case 'unknown-account':
      return problems.unknownAccount(accounts);
    case 'no-reason':
      return problems.noReason;
    case 'zone-not-offered':
      return problems.zoneNotOffered(problem.zone, problem.offered);
  }
}
