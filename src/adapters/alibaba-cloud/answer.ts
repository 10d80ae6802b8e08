/** Reads one HTTP answer of the API: a result, a refusal with its code, or nothing that can be relied on. */
import * as z from 'zod';
import type { CloudProblem } from '../../domain/cloud.ts';
import { present, text } from './fields.ts';
import { retryAfterMs } from './retry-after.ts';
import { safeText } from './safe-text.ts';

/** A reply that is not a problem; its shape beyond "an object" is still to be parsed. */
export type Answer =
  | { readonly ok: true; readonly body: Readonly<Record<string, unknown>>; readonly requestId?: string }
  | { readonly ok: false; readonly problem: CloudProblem };

interface HttpAnswer {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

const REFUSAL = z.object({
  Code: z.union([z.string(), z.number()]).transform(String).optional().catch(undefined),
  code: z.union([z.string(), z.number()]).transform(String).optional().catch(undefined),
  Message: text,
  message: text,
  RequestId: text,
  requestId: text,
  Recommend: text,
  AccessDeniedDetail: z.object({ AuthAction: text }).optional().catch(undefined),
});

const CODE = /^[A-Za-z0-9._-]{1,100}$/;

/** What some APIs put into `Code` when all went well. */
const SUCCESS_CODES = new Set(['', '200', 'ok', 'success', 'null']);

/**
 * The code decides, not the HTTP status: a refusal may come with 200, a missing instance with 400.
 * @param now milliseconds since the epoch, for a Retry-After that is a date.
 * @param secrets never to be repeated in a problem's message.
 */
export function readAnswer(answer: HttpAnswer, now: number, secrets: readonly string[]): Answer {
  const { status, headers } = answer;
  const unclear = (code: string, requestId?: string): Answer => ({
    ok: false,
    problem: present({
      kind: 'unclear',
      code,
      httpStatus: status,
      requestId,
      retryAfterMs: retryAfterMs(headers, now),
    }),
  });
  const fine = status >= 200 && status < 300;

  if (status >= 300 && status < 400) return unclear('Redirect');
  const body = jsonObject(answer.text);
  if (!body) return unclear(fine ? 'UnreadableBody' : 'HttpStatus', headers['x-acs-request-id']);

  const said = REFUSAL.parse(body);
  const requestId = said.RequestId ?? said.requestId ?? headers['x-acs-request-id'];
  const code = said.Code ?? said.code ?? '';
  if (SUCCESS_CODES.has(code.toLowerCase())) {
    return fine ? present({ ok: true, body, requestId }) : unclear('HttpStatus', requestId);
  }
  const message = said.Message ?? said.message;
  return {
    ok: false,
    problem: present({
      kind: 'answered',
      // A code decides what happens next: it must not be tidied up, unless it is none.
      code: CODE.test(code) ? code : safeText(code, secrets),
      httpStatus: status,
      requestId,
      message: message === undefined ? undefined : safeText(message, secrets),
      recommend: httpsUrl(said.Recommend),
      missingAction: said.AccessDeniedDetail?.AuthAction,
      retryAfterMs: retryAfterMs(headers, now),
    }),
  };
}

function jsonObject(source: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(source);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function httpsUrl(value: string | undefined): string | undefined {
  if (value === undefined || value.length > 500 || !URL.canParse(value)) return undefined;
  const url = new URL(value);
  return url.protocol === 'https:' ? url.href : undefined;
}
