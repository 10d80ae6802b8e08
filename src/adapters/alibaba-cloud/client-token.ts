/** What may be a ClientToken; anything else is refused before it is sent. */
import type { CloudResult } from '../../domain/cloud.ts';

/** The refusal, or undefined for 1 to 64 printable ASCII characters. */
export function refuseClientToken(clientToken: string): CloudResult<never> | undefined {
  if (/^[\x20-\x7e]{1,64}$/.test(clientToken)) return undefined;
  const message = 'a ClientToken has 1 to 64 printable ASCII characters';
  return { ok: false, problem: { kind: 'not-sent', code: 'BadArgument', message } };
}
