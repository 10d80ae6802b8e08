/** The precheck once more, just before the send; its listing is the baseline, or the look before a repeat. */
import type { Outcome } from '../../domain/commands.ts';
import { judgeAnswers } from '../../domain/precheck.ts';
import type { Request } from '../../domain/request.ts';
import type { Workspace } from '../workspace.ts';
import { heldByOthers } from './look.ts';
import { askCloud } from './precheck.ts';

export async function recheck(
  request: Request,
  { tries }: { readonly tries: number },
  workspace: Workspace,
): Promise<Outcome> {
  const answers = await askCloud(request, workspace);
  const report = judgeAnswers(request.asked.operation, answers);
  if (!answers.endpoints.ok) return { kind: 'rechecked', tries, report, others: [] };
  const listing = answers.endpoints.value;
  return { kind: 'rechecked', tries, report, listing, others: await heldByOthers(request, listing, workspace) };
}
