/** What the bot answers to an interaction: is it something Slack understands? */
import { isObject, list, problem } from './checks.ts';
import { optionGroup, plainOption } from './elements.ts';
import { LIMITS } from './limits.ts';
import { inputBlocks, refuseView } from './view.ts';

/** Problems of the answer to a block_suggestion. */
export function optionsProblems(answer: unknown): string[] {
  const found: string[] = [];
  if (!isObject(answer)) return [problem('must answer with {options} or {option_groups}', '')];
  const { options, option_groups: groups } = answer;
  if ((options === undefined) === (groups === undefined)) {
    found.push(problem('must provide either options or option_groups', ''));
  }
  if (options !== undefined) list(plainOption, LIMITS.select.options, 0)(options, '/options', found);
  if (groups !== undefined) list(optionGroup, LIMITS.select.groups, 0)(groups, '/option_groups', found);
  return found;
}

export type SubmissionAnswer =
  | { kind: 'close' }
  | { kind: 'clear' }
  | { kind: 'errors'; errors: Record<string, string> }
  | { kind: 'update' | 'push'; view: Record<string, unknown> }
  | { kind: 'invalid'; problems: string[] };

/** Reads the answer to a view_submission against the view it answers. */
export function readSubmissionAnswer(body: string, view: { blocks?: unknown }): SubmissionAnswer {
  if (body.trim() === '') return { kind: 'close' };
  let answer: unknown;
  try {
    answer = JSON.parse(body);
  } catch {
    return invalid(problem('the answer to view_submission must be empty or JSON', ''));
  }
  if (!isObject(answer)) return invalid(problem('must be an object', ''));
  if (Object.keys(answer).length === 0) return { kind: 'close' };
  switch (answer.response_action) {
    case 'clear':
      return { kind: 'clear' };
    case 'errors':
      return readErrors(answer.errors, view);
    case 'update':
    case 'push': {
      const refused = refuseView(answer.view, 'modal');
      if (refused) return invalid(...(refused.response_metadata?.messages ?? [refused.error]));
      return { kind: answer.response_action, view: answer.view as Record<string, unknown> };
    }
    default:
      return invalid(problem(`unknown response_action: ${String(answer.response_action)}`, '/response_action'));
  }
}

function readErrors(errors: unknown, view: { blocks?: unknown }): SubmissionAnswer {
  if (!isObject(errors) || Object.keys(errors).length === 0)
    return invalid(problem('errors must not be empty', '/errors'));
  const inputs = new Set(inputBlocks(view).map((block) => block.block_id));
  const problems = Object.entries(errors).flatMap(([blockId, sentence]) => {
    if (!inputs.has(blockId)) return [problem(`no input block has this block_id: ${blockId}`, `/errors/${blockId}`)];
    if (typeof sentence !== 'string' || sentence === '') return [problem('must be a sentence', `/errors/${blockId}`)];
    return [];
  });
  return problems.length > 0 ? invalid(...problems) : { kind: 'errors', errors: errors as Record<string, string> };
}

const invalid = (...problems: string[]): SubmissionAnswer => ({ kind: 'invalid', problems });
