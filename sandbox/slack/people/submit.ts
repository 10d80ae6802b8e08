/** Submitting and closing modals. */
import type { DeliveryProblem } from '../call-log.ts';
import { closing, submission } from '../deliver/payloads.ts';
import { closeAll, closeView, createView, refuseExternalId, replaceView } from '../modals.ts';
import type { Json, View } from '../model.ts';
import { asText, textOf } from '../model.ts';
import { readSubmissionAnswer } from '../validate/answers.ts';
import { LIMITS } from '../validate/limits.ts';
import { inputBlocks } from '../validate/view.ts';
import { isEmpty } from '../view-state.ts';
import type { Tools } from './tools.ts';
import { newResponseUrl, TROUBLE } from './tools.ts';

export type SubmitOutcome =
  | { outcome: 'closed' }
  | { outcome: 'updated' | 'pushed'; view: View }
  /** By block_id, as the bot answered them. */
  | { outcome: 'errors'; errors: Record<string, string> }
  /** Slack's client refused it, and the bot never heard of it: by block_id. */
  | { outcome: 'incomplete'; errors: Record<string, string> }
  | { outcome: 'failed'; problem: DeliveryProblem | 'protocol_error' };

export async function submitView(tools: Tools, view: View): Promise<SubmitOutcome> {
  const { workspace, user, bot, triggers } = tools;
  if (workspace.modals(user.id).at(-1) !== view) throw new Error(`"${textOf(view.title)}" is not the modal on top`);
  if (!view.submit) throw new Error(`"${textOf(view.title)}" has no submit button`);
  const incomplete = refusedByClient(view);
  if (Object.keys(incomplete).length > 0) {
    view.errors = incomplete;
    workspace.changed();
    return { outcome: 'incomplete', errors: incomplete };
  }
  const triggerId = triggers.issue({ user: user.id, viewId: view.id });
  const payload = submission(workspace, user, view, triggerId, responseUrls(tools, view));
  const { callback_id: what, private_metadata: value } = view;
  const result = await bot.interaction(payload, { kind: 'view_submission', what, user: user.id, value });
  if (result.problem) {
    workspace.notice({ user: user.id, text: TROUBLE });
    return { outcome: 'failed', problem: result.problem };
  }
  const answer = readSubmissionAnswer(result.body, view);
  if (answer.kind === 'update' || answer.kind === 'push') {
    const refused = refuseExternalId(answer.view, workspace, answer.kind === 'update' ? view : undefined);
    if (refused) return misunderstood(tools, view, [refused.error]);
  }
  switch (answer.kind) {
    case 'close':
      closeView(workspace, view);
      return { outcome: 'closed' };
    case 'clear':
      closeAll(workspace, user.id);
      return { outcome: 'closed' };
    case 'errors':
      view.errors = answer.errors;
      workspace.changed();
      return { outcome: 'errors', errors: answer.errors };
    case 'update':
      replaceView(workspace, view, answer.view);
      return { outcome: 'updated', view };
    case 'push': {
      if (workspace.modals(user.id).length < LIMITS.view.stack) {
        const placement = { user: user.id, previous: view, openedFrom: view.openedFrom };
        return { outcome: 'pushed', view: createView(workspace, answer.view, placement) };
      }
      return misunderstood(tools, view, ['push_limit_reached']);
    }
    case 'invalid':
      return misunderstood(tools, view, answer.problems);
  }
}

function misunderstood({ workspace, user, log }: Tools, view: View, problems: string[]): SubmitOutcome {
  log.protocolError(`view_submission ${view.callback_id}: ${problems.join('; ')}`);
  workspace.notice({ user: user.id, text: TROUBLE });
  return { outcome: 'failed', problem: 'protocol_error' };
}

/** What Slack's client checks before anything is sent. */
function refusedByClient(view: View): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const block of inputBlocks(view)) {
    const blockId = asText(block.block_id);
    const element = block.element as Json;
    const state = view.values[blockId]?.[asText(element.action_id)];
    const length = typeof state?.value === 'string' ? state.value.length : undefined;
    if (isEmpty(state)) {
      if (block.optional !== true) errors[blockId] = 'Please complete this required field.';
    } else if (length !== undefined && length > Number(element.max_length ?? LIMITS.plainTextInput)) {
      errors[blockId] =
        `This entry must be no longer than ${Number(element.max_length ?? LIMITS.plainTextInput)} characters.`;
    } else if (length !== undefined && length < Number(element.min_length ?? 0)) {
      errors[blockId] = `This entry must be at least ${Number(element.min_length)} characters long.`;
    }
  }
  return errors;
}

/** `response_url_enabled` on a conversation menu lets the app answer where the person chose. */
function responseUrls(tools: Tools, view: View): Json[] {
  if (tools.workspace.switches.chosenConversationUrl === 'absent') return [];
  return inputBlocks(view).flatMap((block) => {
    const element = block.element as Json;
    if (element.response_url_enabled !== true) return [];
    const [blockId, actionId] = [asText(block.block_id), asText(element.action_id)];
    const state = view.values[blockId]?.[actionId];
    const channel = asText(state?.selected_conversation ?? state?.selected_channel);
    if (channel === '') return [];
    const url = newResponseUrl(tools, { user: tools.user.id, channel });
    return [{ block_id: blockId, action_id: actionId, channel_id: channel, response_url: url }];
  });
}

/** `all`: the cross in the corner, which closes the whole stack; else the button below, which goes back one. */
export async function closeModal(tools: Tools, view: View, all: boolean): Promise<void> {
  const { workspace, user, bot } = tools;
  const cleared = all || view.clear_on_close;
  const closed = cleared ? workspace.modals(user.id) : [view];
  for (const one of closed) closeView(workspace, one);
  for (const one of closed.filter((v) => v.notify_on_close).reverse()) {
    const about = { kind: 'view_closed', what: one.callback_id, user: user.id } as const;
    await bot.interaction(closing(workspace, user, one, cleared), about);
  }
}
