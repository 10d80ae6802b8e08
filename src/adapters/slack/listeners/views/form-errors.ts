/** What is wrong with a form, beside the fields where it is wrong. */
import type { FormField, FormProblem } from '../../../../application/form.ts';
import type { AccountName } from '../../../../domain/ids.ts';
import type { ModalMessages } from '../../../../messages/modals.ts';

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
