/** What a failed post or update means for the message, in the application's terms. */
import type { SendResult } from '../../application/ports/announcer.ts';
import type { Trouble } from './trouble.ts';

const NO_WAY_IN = new Set([
  'channel_not_found',
  'not_in_channel',
  'is_archived',
  'is_inactive',
  'restricted_action',
  'restricted_action_read_only_channel',
  'restricted_action_thread_only_channel',
  'restricted_action_thread_locked',
  'restricted_action_non_threadable_channel',
  'cannot_reply_to_message',
  'thread_not_found',
  'method_not_supported_for_channel_type',
  'posting_to_general_channel_denied',
  'messages_tab_disabled',
  'user_not_in_channel',
  'user_not_found',
  'user_not_visible',
  'user_disabled',
  'cannot_dm_bot',
  'edit_window_closed',
]);

const BAD_BLOCKS = new Set([
  'invalid_blocks',
  'invalid_blocks_format',
  'msg_blocks_too_long',
  'block_mismatch',
  'msg_too_long',
  'no_text',
  'invalid_arguments',
  'invalid_metadata_format',
  'invalid_metadata_schema',
  'metadata_too_large',
]);

/** These wait for an operator. */
const FOR_OPERATORS = new Set([
  'token_revoked',
  'token_expired',
  'account_inactive',
  'invalid_auth',
  'not_authed',
  'missing_scope',
  'no_permission',
  'not_allowed_token_type',
  'team_access_not_granted',
  'org_login_required',
  'ekm_access_denied',
]);

export type NotSent = Exclude<SendResult, { kind: 'sent' }>;

export function notSent(trouble: Trouble): NotSent {
  const { error } = trouble;
  switch (trouble.kind) {
    case 'refused':
      if (NO_WAY_IN.has(error)) return { kind: 'no-way-in', error };
      if (BAD_BLOCKS.has(error)) return { kind: 'bad-blocks', error };
      return { kind: 'later', error, afterMs: FOR_OPERATORS.has(error) ? 60_000 : 10_000 };
    case 'rate-limited':
      return { kind: 'busy', error, afterMs: trouble.afterMs };
    case 'not-sent':
      return { kind: 'later', error, afterMs: 1_000 };
    case 'unclear':
      return { kind: 'unclear', error };
  }
}
