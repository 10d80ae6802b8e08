/** Whether the clocks that signatures and deadlines are judged by agree with the one that the bot goes by. */
import type { ClockOwner, Finding } from '../../domain/doctor/findings.ts';
import type { AheadMs } from './ports.ts';

export interface Clock {
  readonly whose: ClockOwner;
  readonly aheadMs: AheadMs;
}

/** Worth a word long before anything is refused. */
const WORTH_A_WORD_MS = 60_000;

/** @param own Redis's clock, which is the bot's; this machine's where there is none. */
export function judgeClocks(own: AheadMs | undefined, others: readonly Clock[]): readonly Finding[] {
  const compared = own === undefined ? others : [...others, { whose: { kind: 'this-machine' }, aheadMs: 0 } as const];
  if (compared.length === 0) return [];
  const off = compared
    .map(({ whose, aheadMs }) => ({ id: 'clock-off', whose, ms: Math.round(aheadMs - (own ?? 0)) }) as const)
    .filter(({ ms }) => Math.abs(ms) > WORTH_A_WORD_MS);
  return off.length > 0 ? off : [{ id: 'clocks-agree', count: compared.length }];
}
