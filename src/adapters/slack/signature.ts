/** Slack's v0 signature: whether a body is from Slack, and from now. */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** Either way: an old request may be a replay, one from the future is nobody's. */
const TOLERANCE_S = 5 * 60;

export interface Signed {
  readonly signature: string | string[] | undefined;
  /** Seconds since the epoch. */
  readonly timestamp: string | string[] | undefined;
  readonly body: Buffer;
}

/** @param wall milliseconds since the epoch, never moved. */
export function isFromSlack({ signature, timestamp, body }: Signed, signingSecret: string, wall: number): boolean {
  if (typeof signature !== 'string' || typeof timestamp !== 'string') return false;
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(wall / 1_000 - Number(timestamp)) > TOLERANCE_S) return false;
  const mac = createHmac('sha256', signingSecret).update(`v0:${timestamp}:`).update(body).digest('hex');
  const expected = Buffer.from(`v0=${mac}`);
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
