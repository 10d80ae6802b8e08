/** May this view be shown? Slack's answer, or nothing when it may. */
import { blockProblems } from './blocks.ts';
import type { Shape } from './checks.ts';
import { boolean, checkShape, isObject, oneOf, optional, problem, required, string, text } from './checks.ts';
import { escapeBlocks } from './escape.ts';
import { LIMITS } from './limits.ts';
import type { Refusal } from './message.ts';
import { refusal } from './message.ts';

const common: Shape = {
  type: required(oneOf('modal', 'home')),
  // Blocks are checked apart, with the rules that hold between them.
  blocks: required(() => {}),
  private_metadata: optional(string(LIMITS.view.privateMetadata)),
  callback_id: optional(string(LIMITS.view.callbackId)),
  external_id: optional(string(LIMITS.view.externalId)),
};
const SHAPES: Record<'modal' | 'home', Shape> = {
  home: common,
  modal: {
    ...common,
    title: required(text(LIMITS.view.title, 'plain')),
    submit: optional(text(LIMITS.view.submit, 'plain')),
    close: optional(text(LIMITS.view.close, 'plain')),
    clear_on_close: optional(boolean),
    notify_on_close: optional(boolean),
  },
};

export function refuseView(view: unknown, type: 'modal' | 'home'): Refusal | undefined {
  if (!isObject(view)) return refusal('invalid_arguments', [problem('missing required field: view', '')]);
  if (Buffer.byteLength(JSON.stringify(escapeBlocks(view))) > LIMITS.view.bytes) return refusal('view_too_large');
  const found: string[] = [];
  if (view.type !== type) found.push(problem(`must be of type ${type}`, '/view/type'));
  checkShape(SHAPES[type], view, '/view', found);
  if (view.blocks !== undefined) found.push(...blockProblems(view.blocks, '/view/blocks', LIMITS.view.blocks));
  if (type === 'modal' && view.submit === undefined && inputBlocks(view).length > 0) {
    found.push(problem('missing required field: submit', '/view'));
  }
  return found.length > 0 ? refusal('invalid_arguments', found) : undefined;
}

export const inputBlocks = (view: { blocks?: unknown }): Record<string, unknown>[] =>
  (Array.isArray(view.blocks) ? view.blocks : []).filter(isObject).filter((block) => block.type === 'input');
