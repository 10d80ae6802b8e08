/** Block Kit's elements as data: their fields, and the blocks they may stand in. */
import type { Check, Shape } from './checks.ts';
import {
  boolean,
  both,
  checkShape,
  integer,
  isObject,
  list,
  matching,
  object,
  oneOf,
  optional,
  problem,
  required,
  string,
  text,
  url,
} from './checks.ts';
import { LIMITS } from './limits.ts';
import { checkInitial } from './offered.ts';

export type Place = 'section' | 'actions' | 'input' | 'context';

const type = required(string(255));
const actionId = { action_id: optional(string(LIMITS.id, 1)) };

const confirm = object({
  title: required(text(LIMITS.confirm.title, 'plain')),
  text: required(text(LIMITS.confirm.text)),
  confirm: required(text(LIMITS.confirm.confirm, 'plain')),
  deny: required(text(LIMITS.confirm.deny, 'plain')),
  style: optional(oneOf('primary', 'danger')),
});

const optionShape = (kind: 'plain' | 'any'): Shape => ({
  text: required(text(LIMITS.option.text, kind)),
  value: required(string(LIMITS.option.value)),
  description: optional(text(LIMITS.option.description, kind)),
});
export const plainOption: Check = object(optionShape('plain'));
const anyOption: Check = object(optionShape('any'));
const overflowOption: Check = object({ ...optionShape('plain'), url: optional(url(LIMITS.button.url)) });

export const optionGroup: Check = object({
  label: required(text(LIMITS.select.groupLabel, 'plain')),
  options: required(list(plainOption, LIMITS.select.options, 1)),
});

const filter: Check = both(
  object({
    include: optional(list(oneOf('im', 'mpim', 'private', 'public'), 4)),
    exclude_external_shared_channels: optional(boolean),
    exclude_bot_users: optional(boolean),
  }),
  (value, at, found) => {
    if (isObject(value) && Object.keys(value).length === 0) found.push(problem('must not be empty', at));
  },
);

const placeholder = { placeholder: optional(text(LIMITS.placeholder, 'plain')) };
const focus = { focus_on_load: optional(boolean) };
const base: Shape = { type, ...actionId, confirm: optional(confirm), ...focus };
const select: Shape = { ...base, ...placeholder };
const many: Shape = { max_selected_items: optional(integer(1, 100)) };
const id = string(LIMITS.id, 1);
const ids = optional(list(id, 100));
const options: Shape = {
  options: optional(list(plainOption, LIMITS.select.options)),
  option_groups: optional(list(optionGroup, LIMITS.select.groups)),
};
const query: Shape = { min_query_length: optional(integer(0, 100)) };
const conversations: Shape = { default_to_current_conversation: optional(boolean), filter: optional(filter) };
const responseUrl: Shape = { response_url_enabled: optional(boolean) };
const typed: Shape = {
  type,
  ...actionId,
  ...placeholder,
  ...focus,
  initial_value: optional(string(LIMITS.plainTextInput)),
  dispatch_action_config: optional(
    object({ trigger_actions_on: optional(list(oneOf('on_enter_pressed', 'on_character_entered'), 2)) }),
  ),
};
const withOptions = (initial: Shape): Shape => ({
  ...base,
  ...initial,
  options: required(list(anyOption, LIMITS.choices)),
});

const ANYWHERE: Place[] = ['section', 'actions', 'input'];
const SECTION_INPUT: Place[] = ['section', 'input'];

/** Every element that the local Slack knows; anything else is `unsupported type`. */
const ELEMENTS: Record<string, { in: Place[]; shape: Shape }> = {
  button: {
    in: ['section', 'actions'],
    shape: {
      type,
      ...actionId,
      text: required(text(LIMITS.button.text, 'plain')),
      value: optional(string(LIMITS.button.value)),
      url: optional(url(LIMITS.button.url)),
      style: optional(oneOf('primary', 'danger')),
      confirm: optional(confirm),
      accessibility_label: optional(string(LIMITS.button.text)),
    },
  },
  overflow: {
    in: ['section', 'actions'],
    shape: { type, ...actionId, confirm: optional(confirm), options: required(list(overflowOption, LIMITS.overflow)) },
  },
  static_select: { in: ANYWHERE, shape: { ...select, ...options, initial_option: optional(plainOption) } },
  external_select: { in: ANYWHERE, shape: { ...select, ...query, initial_option: optional(plainOption) } },
  users_select: { in: ANYWHERE, shape: { ...select, initial_user: optional(id) } },
  conversations_select: {
    in: ANYWHERE,
    shape: { ...select, ...conversations, ...responseUrl, initial_conversation: optional(id) },
  },
  channels_select: { in: ANYWHERE, shape: { ...select, ...responseUrl, initial_channel: optional(id) } },
  multi_static_select: {
    in: SECTION_INPUT,
    shape: { ...select, ...many, ...options, initial_options: optional(list(plainOption, LIMITS.select.options)) },
  },
  multi_external_select: {
    in: SECTION_INPUT,
    shape: { ...select, ...many, ...query, initial_options: optional(list(plainOption, LIMITS.select.options)) },
  },
  multi_users_select: { in: SECTION_INPUT, shape: { ...select, ...many, initial_users: ids } },
  multi_conversations_select: {
    in: SECTION_INPUT,
    shape: { ...select, ...many, ...conversations, initial_conversations: ids },
  },
  multi_channels_select: { in: SECTION_INPUT, shape: { ...select, ...many, initial_channels: ids } },
  radio_buttons: { in: ANYWHERE, shape: withOptions({ initial_option: optional(anyOption) }) },
  checkboxes: { in: ANYWHERE, shape: withOptions({ initial_options: optional(list(anyOption, LIMITS.choices)) }) },
  datepicker: {
    in: ANYWHERE,
    shape: { ...select, initial_date: optional(matching(/^\d{4}-\d\d-\d\d$/, 'a date: YYYY-MM-DD')) },
  },
  timepicker: {
    in: ANYWHERE,
    shape: { ...select, initial_time: optional(matching(/^\d\d:\d\d$/, 'a time: HH:mm')), timezone: optional(id) },
  },
  datetimepicker: {
    in: ['actions', 'input'],
    shape: { ...base, initial_date_time: optional(integer(1_000_000_000, 9_999_999_999)) },
  },
  plain_text_input: {
    in: ['input'],
    shape: {
      ...typed,
      multiline: optional(boolean),
      min_length: optional(integer(0, LIMITS.plainTextInput)),
      max_length: optional(integer(1, LIMITS.plainTextInput)),
    },
  },
  email_text_input: { in: ['input'], shape: typed },
  url_text_input: { in: ['input'], shape: typed },
  number_input: {
    in: ['input'],
    shape: { ...typed, is_decimal_allowed: required(boolean), min_value: optional(id), max_value: optional(id) },
  },
  image: {
    in: ['section', 'context'],
    shape: {
      type,
      image_url: required(url(LIMITS.image.url)),
      alt_text: required(string(LIMITS.image.altText, 1)),
    },
  },
};

/** An element where it stands. */
export const element =
  (place: Place): Check =>
  (value, at, found) => {
    if (!isObject(value)) return void found.push(problem('must be an object', at));
    const name = String(value.type);
    const known = ELEMENTS[name];
    if (!known?.in.includes(place)) return void found.push(problem(`unsupported type: ${name}`, `${at}/type`));
    checkShape(known.shape, value, at, found);
    if (name === 'static_select' || name === 'multi_static_select') {
      if ((value.options === undefined) === (value.option_groups === undefined)) {
        found.push(problem('must provide either options or option_groups', at));
      }
    }
    checkInitial(value, at, found);
  };
