/** Parses the body of a successful reply; a body of another shape leaves the outcome unclear. */
import type * as z from 'zod';
import type { CloudResult } from '../../domain/cloud.ts';
import type { Answer } from './answer.ts';
import { present } from './fields.ts';

export function parseReply<T>(answer: Answer, schema: z.ZodType<T>): CloudResult<T> {
  if (!answer.ok) return answer;
  const { requestId } = answer;
  const parsed = schema.safeParse(answer.body);
  if (parsed.success) return { ok: true, value: parsed.data, ...(requestId !== undefined && { requestId }) };
  // Which field it was helps whoever looks for the cause; its value may be anything, so it stays out.
  const field = parsed.error.issues[0]?.path.join('.') ?? '';
  const message = `unexpected reply at "${field.slice(0, 100)}"`;
  return { ok: false, problem: present({ kind: 'unclear', code: 'UnreadableBody', requestId, message }) };
}
