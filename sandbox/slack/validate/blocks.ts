/** Block Kit's blocks as data, and the rules that hold between them. */
import type { Check, Shape } from './checks.ts';
import {
  boolean,
  checkShape,
  isObject,
  list,
  object,
  optional,
  problem,
  required,
  string,
  text,
  url,
} from './checks.ts';
import { element } from './elements.ts';
import { escapedLength } from './escape.ts';
import { LIMITS } from './limits.ts';

const type = required(string(255));
const base: Shape = { type, block_id: optional(string(LIMITS.id, 1)) };

const contextItem: Check = (value, at, found) => {
  if (isObject(value) && value.type === 'image') element('context')(value, at, found);
  else text(LIMITS.section.text)(value, at, found);
};

const richTextPart: Check = (value, at, found) => {
  const known = ['rich_text_section', 'rich_text_list', 'rich_text_preformatted', 'rich_text_quote'];
  if (!isObject(value)) return void found.push(problem('must be an object', at));
  if (!known.includes(String(value.type))) found.push(problem(`unsupported type: ${String(value.type)}`, at));
  if (!Array.isArray(value.elements)) found.push(problem('missing required field: elements', at));
};

/** The block types that are safe on every surface. Newer ones are refused here on purpose. */
const BLOCKS: Record<string, Shape> = {
  section: {
    ...base,
    text: optional(text(LIMITS.section.text)),
    fields: optional(list(text(LIMITS.section.field), LIMITS.section.fields)),
    accessory: optional(element('section')),
    expand: optional(boolean),
  },
  header: { ...base, text: required(text(LIMITS.header, 'plain')) },
  divider: base,
  image: {
    ...base,
    image_url: optional(url(LIMITS.image.url)),
    slack_file: optional(object({ id: optional(string(255)), url: optional(url(LIMITS.image.url)) })),
    alt_text: required(string(LIMITS.image.altText, 1)),
    title: optional(text(LIMITS.image.title, 'plain')),
  },
  context: { ...base, elements: required(list(contextItem, LIMITS.context)) },
  actions: { ...base, elements: required(list(element('actions'), LIMITS.actions)) },
  input: {
    ...base,
    label: required(text(LIMITS.input.label, 'plain')),
    element: required(element('input')),
    hint: optional(text(LIMITS.input.hint, 'plain')),
    optional: optional(boolean),
    dispatch_action: optional(boolean),
  },
  rich_text: { ...base, elements: required(list(richTextPart, 100)) },
};

/** What is wrong with these blocks, each in Slack's words; nothing when they are fine. */
export function blockProblems(blocks: unknown, at: string, max: number): string[] {
  const found: string[] = [];
  if (!Array.isArray(blocks)) return [problem('must be an array', at)];
  if (blocks.length > max) found.push(problem(`no more than ${max} items allowed`, at));
  blocks.forEach((block: unknown, index) => {
    checkBlock(block, `${at}/${index}`, found);
  });
  checkIds(blocks, at, found);
  return found;
}

function checkBlock(block: unknown, at: string, found: string[]): void {
  if (!isObject(block)) return void found.push(problem('must be an object', at));
  const shape = BLOCKS[String(block.type)];
  if (shape === undefined) return void found.push(problem(`unsupported type: ${String(block.type)}`, `${at}/type`));
  checkShape(shape, block, at, found);
  if (block.type === 'section' && block.text === undefined && block.fields === undefined) {
    found.push(problem('missing required field: text', at));
  }
  if (block.type === 'image' && block.image_url === undefined && block.slack_file === undefined) {
    found.push(problem('missing required field: image_url', at));
  }
}

/** block_id is unique among the blocks, action_id within its block; one element at most takes the focus. */
function checkIds(blocks: unknown[], at: string, found: string[]): void {
  const seen = new Set<unknown>();
  let focused = 0;
  blocks.forEach((block, index) => {
    if (!isObject(block)) return;
    const id = block.block_id;
    if (id !== undefined && seen.has(id)) {
      found.push(problem(`\`block_id\` must be unique: ${String(id)}`, `${at}/${index}/block_id`));
    }
    seen.add(id);
    const actions = new Set<unknown>();
    for (const inner of interactiveElements(block)) {
      const actionId = inner.action_id;
      if (actionId !== undefined && actions.has(actionId)) {
        found.push(problem(`\`action_id\` must be unique: ${String(actionId)}`, `${at}/${index}`));
      }
      actions.add(actionId);
      if (inner.focus_on_load === true) focused += 1;
    }
  });
  if (focused > 1) found.push(problem('only one element may have focus_on_load', at));
}

/** The elements of a block that a person can act on. */
export function interactiveElements(block: Record<string, unknown>): Record<string, unknown>[] {
  const elements = block.type === 'actions' && Array.isArray(block.elements) ? block.elements : [];
  return [...elements, block.accessory, block.element].filter(
    (inner): inner is Record<string, unknown> => isObject(inner) && inner.type !== 'image',
  );
}

/** The characters of all blocks together, as Slack counts them. */
export function blocksTextLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, entry) => sum + blocksTextLength(entry), 0);
  if (!isObject(value)) return 0;
  const own = typeof value.text === 'string' ? escapedLength(value.text, String(value.type)) : 0;
  return Object.values(value).reduce((sum: number, inner) => sum + blocksTextLength(inner), own);
}
