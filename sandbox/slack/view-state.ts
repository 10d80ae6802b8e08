/** What a view's inputs hold: filled in by initial values, by the person, and carried through updates. */
import type { ElementState, Json, Values } from './model.ts';
import { asJson, asText } from './model.ts';
import { interactiveElements } from './validate/blocks.ts';

type Slot = { state: string; initial?: string; empty: unknown };

/** For each element: where its state holds the value, which field fills it in, and what empty is. */
const SLOTS: Record<string, Slot> = {
  plain_text_input: { state: 'value', initial: 'initial_value', empty: null },
  email_text_input: { state: 'value', initial: 'initial_value', empty: null },
  url_text_input: { state: 'value', initial: 'initial_value', empty: null },
  number_input: { state: 'value', initial: 'initial_value', empty: null },
  static_select: { state: 'selected_option', initial: 'initial_option', empty: null },
  external_select: { state: 'selected_option', initial: 'initial_option', empty: null },
  radio_buttons: { state: 'selected_option', initial: 'initial_option', empty: null },
  users_select: { state: 'selected_user', initial: 'initial_user', empty: null },
  conversations_select: { state: 'selected_conversation', initial: 'initial_conversation', empty: null },
  channels_select: { state: 'selected_channel', initial: 'initial_channel', empty: null },
  checkboxes: { state: 'selected_options', initial: 'initial_options', empty: [] },
  multi_static_select: { state: 'selected_options', initial: 'initial_options', empty: [] },
  multi_external_select: { state: 'selected_options', initial: 'initial_options', empty: [] },
  multi_users_select: { state: 'selected_users', initial: 'initial_users', empty: [] },
  multi_conversations_select: { state: 'selected_conversations', initial: 'initial_conversations', empty: [] },
  multi_channels_select: { state: 'selected_channels', initial: 'initial_channels', empty: [] },
  datepicker: { state: 'selected_date', initial: 'initial_date', empty: null },
  timepicker: { state: 'selected_time', initial: 'initial_time', empty: null },
  datetimepicker: { state: 'selected_date_time', initial: 'initial_date_time', empty: null },
};

export const slotOf = (type: string): Slot | undefined => SLOTS[type];

/** The state of an element just shown. Buttons and overflow menus have none. */
function initialState(element: Json, currentConversation: string | undefined): ElementState | undefined {
  const type = asText(element.type);
  const slot = SLOTS[type];
  if (!slot) return undefined;
  let value = slot.initial === undefined ? undefined : element[slot.initial];
  // An initial conversation, when there is one, wins over the current one.
  if (value === undefined && element.default_to_current_conversation === true && currentConversation) {
    value = type === 'conversations_select' ? currentConversation : [currentConversation];
  }
  return { type, [slot.state]: value ?? slot.empty };
}

/**
 * The values of a view's blocks. Elements that were there before, under the same block_id and action_id, keep what
 * they hold, and a new initial value does not replace it: so does Slack (slackapi/bolt-js #290).
 */
export function valuesOf(blocks: Json[], before: Values = {}, currentConversation?: string): Values {
  const values: Values = {};
  for (const block of blocks) {
    const blockId = asText(block.block_id);
    for (const element of interactiveElements(block)) {
      const actionId = asText(element.action_id);
      const fresh = initialState(element, currentConversation);
      if (!fresh) continue;
      const kept = before[blockId]?.[actionId];
      values[blockId] = { ...values[blockId], [actionId]: kept?.type === fresh.type ? kept : fresh };
    }
  }
  return values;
}

export function isEmpty(state: ElementState | undefined): boolean {
  if (!state) return true;
  const value = state[SLOTS[state.type]?.state ?? ''];
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}

/** What a person reads in a filled-in element. */
export function shownValue(state: ElementState | undefined): string {
  if (!state || isEmpty(state)) return '';
  const value = state[SLOTS[state.type]?.state ?? ''];
  const words = (one: unknown): string =>
    typeof one === 'object' && one !== null ? asText(asJson(asJson(one).text).text) : String(one);
  return Array.isArray(value) ? value.map(words).join(', ') : words(value);
}
