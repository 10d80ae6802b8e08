/** May this message be posted? Slack's answer, or nothing when it may. */
import { blockProblems, blocksTextLength } from './blocks.ts';
import { isObject, problem } from './checks.ts';
import { escapeMrkdwn } from './escape.ts';
import { LIMITS } from './limits.ts';

export type Refusal = { error: string; errors?: string[]; response_metadata?: { messages: string[] } };

export const refusal = (error: string, messages: string[] = []): Refusal =>
  messages.length === 0
    ? { error }
    : {
        error,
        errors: messages.map((message) => message.replace('[ERROR] ', '')),
        response_metadata: { messages },
      };

export type MessageParts = { text?: unknown; blocks?: unknown; metadata?: unknown; attachments?: unknown };

export function refuseMessage(message: MessageParts): Refusal | undefined {
  const { text, blocks, metadata } = message;
  if (text !== undefined && typeof text !== 'string') {
    return refusal('invalid_arguments', [problem('must be a string', '/text')]);
  }
  if (typeof text === 'string' && escapeMrkdwn(text).length > LIMITS.message.text) return refusal('msg_too_long');
  if (blocks !== undefined) {
    if (!Array.isArray(blocks) || !blocks.every(isObject)) return refusal('invalid_blocks_format');
    const problems = blockProblems(blocks, '/blocks', LIMITS.message.blocks);
    if (problems.length > 0) return refusal('invalid_blocks', problems);
    if (blocksTextLength(blocks) > LIMITS.message.blocksText) return refusal('msg_blocks_too_long');
  }
  const hasBlocks = Array.isArray(blocks) && blocks.length > 0;
  const hasAttachments = Array.isArray(message.attachments) && message.attachments.length > 0;
  if (!hasBlocks && !hasAttachments && (text ?? '').trim() === '') return refusal('no_text');
  return metadata === undefined ? undefined : refuseMetadata(metadata);
}

function refuseMetadata(metadata: unknown): Refusal | undefined {
  if (!isObject(metadata)) return refusal('invalid_metadata_format');
  if (Object.keys(metadata).length === 0) return undefined;
  if (typeof metadata.event_type !== 'string' || !isObject(metadata.event_payload)) {
    return refusal('invalid_metadata_format');
  }
  return Buffer.byteLength(JSON.stringify(metadata)) > LIMITS.message.metadata
    ? refusal('metadata_too_large')
    : undefined;
}
