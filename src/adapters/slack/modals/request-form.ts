/** The blocks in which a request is filled in: the same for a new one and for an edit. */
import type { InputBlock, KnownBlock, PlainTextOption } from '@slack/types';
import type { Asked } from '../../../domain/asked.ts';
import type { AccountName, ChannelId } from '../../../domain/ids.ts';
import { LIFETIMES } from '../../../domain/lifetime.ts';
import type { ModalMessages } from '../../../messages/modals.ts';
import { section } from '../blocks/elements.ts';
import { option, placeholder, plain } from './plain.ts';

/** What the form begins with. */
export interface FormStart {
  readonly account: AccountName | undefined;
  readonly instance: PlainTextOption | undefined;
  readonly service: PlainTextOption | undefined;
  readonly zone: PlainTextOption | undefined;
  readonly reason: string | undefined;
  readonly mode: Asked['mode'];
  readonly lifetime: Asked['lifetime'];
  readonly channel: ChannelId | undefined;
  /** Where Slack should choose the conversation that the person is in. */
  readonly hereByDefault: boolean;
}

const LONGEST_REASON = 1_000;
const MODES: readonly Asked['mode'][] = ['create', 'precheck'];
/** Slack's most for one menu. */
const MOST_ACCOUNTS = 100;

export function requestForm(
  start: FormStart,
  accounts: readonly AccountName[],
  intro: string,
  { fields }: ModalMessages,
): KnownBlock[] {
  const modes = MODES.map((mode) => option(fields.mode.values[mode], mode));
  const lifetimes = LIFETIMES.map((lifetime) => option(fields.lifetime.values[lifetime], lifetime));
  return [
    section(intro),
    ...(accounts.length > 1 ? [accountField(start.account, accounts, fields.account)] : []),
    searched('instance', fields.instance, start.instance, true),
    searched('service', fields.service, start.service, true),
    searched('zone', fields.zone, start.zone, false),
    {
      ...framed('reason', fields.reason),
      element: {
        type: 'plain_text_input',
        action_id: 'reason',
        multiline: true,
        max_length: LONGEST_REASON,
        placeholder: placeholder(fields.reason.placeholder),
        ...(start.reason ? { initial_value: start.reason.slice(0, LONGEST_REASON) } : {}),
      },
    },
    {
      ...framed('mode', fields.mode),
      element: { type: 'radio_buttons', action_id: 'mode', options: modes, ...initial(modes, start.mode) },
    },
    {
      ...framed('lifetime', fields.lifetime),
      element: {
        type: 'static_select',
        action_id: 'lifetime',
        options: lifetimes,
        ...initial(lifetimes, start.lifetime),
      },
    },
    {
      ...framed('channel', fields.channel),
      optional: true,
      element: {
        type: 'conversations_select',
        action_id: 'channel',
        placeholder: placeholder(fields.channel.placeholder),
        filter: { include: ['public', 'private'], exclude_bot_users: true },
        ...(start.channel === undefined ? {} : { initial_conversation: start.channel }),
        ...(start.hereByDefault ? { default_to_current_conversation: true } : {}),
      },
    },
  ];
}

interface Field {
  readonly label: string;
  readonly placeholder?: string;
  readonly hint?: string;
}

/** Block and action carry the same id: that is how everything finds them. */
function framed(id: string, { label, hint }: Field) {
  return {
    type: 'input',
    block_id: id,
    label: plain(label),
    ...(hint === undefined ? {} : { hint: plain(hint) }),
  } as const;
}

/** @param dispatch the zones follow the service, and all lists the account, so the bot must hear of a pick at once. */
function searched(
  id: string,
  field: Field & { readonly placeholder: string },
  start: PlainTextOption | undefined,
  dispatch: boolean,
): InputBlock {
  return {
    ...framed(id, field),
    ...(dispatch ? { dispatch_action: true } : {}),
    element: {
      type: 'external_select',
      action_id: id,
      min_query_length: 0,
      placeholder: placeholder(field.placeholder),
      ...(start === undefined ? {} : { initial_option: start }),
    },
  };
}

function accountField(
  start: AccountName | undefined,
  accounts: readonly AccountName[],
  field: Field & { readonly placeholder: string },
): InputBlock {
  const options = accounts.slice(0, MOST_ACCOUNTS).map((name) => option(name, name));
  return {
    ...framed('account', field),
    dispatch_action: true,
    element: {
      type: 'static_select',
      action_id: 'account',
      placeholder: placeholder(field.placeholder),
      options,
      ...(start === undefined ? {} : initial(options, start)),
    },
  };
}

function initial(options: readonly PlainTextOption[], value: string): { initial_option?: PlainTextOption } {
  const chosen = options.find((one) => one.value === value);
  return chosen === undefined ? {} : { initial_option: chosen };
}
