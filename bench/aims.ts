/** What the bot sets itself against the others, and whether it got there. */
import type { BenchResult } from './bench.ts';
import type { Contestant } from './contestants.ts';
import { AWAY_MS, CROWDS, type Crowd, type Measure } from './measures.ts';
import type { Round } from './round.ts';
import { median, ratio } from './statistics.ts';

export interface Aim {
  readonly what: string;
  /** `most`: less is better. */
  readonly bound: 'most' | 'least';
  readonly limit: number;
  /** Undefined where somebody was not there. */
  readonly ratio: number | undefined;
}

function isMet({ bound, limit, ratio }: Aim): boolean | undefined {
  if (ratio === undefined) return undefined;
  switch (bound) {
    case 'most':
      return ratio <= limit;
    case 'least':
      return ratio >= limit;
  }
}

export function aimsOf({ measured, calls }: BenchResult): readonly Aim[] {
  const medians = (name: Contestant['name'], of: (round: Round) => readonly number[]) =>
    (measured.find(({ contestant }) => contestant.name === name)?.rounds ?? []).map((round) => median(of(round)));
  const against = (rival: Contestant['name'], of: (round: Round) => readonly number[]) =>
    ratio(medians('vpc-endpoint-bot', of), medians(rival, of));
  const at =
    (crowd: Crowd, measure: Measure) =>
    (round: Round): readonly number[] =>
      round.of[crowd][measure];
  const most = (what: string, limit: number, value: number | undefined): Aim => ({
    what,
    bound: 'most',
    limit,
    ratio: value,
  });
  const acks = (['slash → ack', 'click → ack'] as const).flatMap((measure) => [
    most(`${measure}, 1 in flight, against least`, 1.5, against('least', at(1, measure))),
    most(`${measure}, 16 in flight, against least`, 1.2, against('least', at(16, measure))),
  ]);
  const domains = CROWDS.flatMap((crowd) => [
    most(`click → domain, ${crowd} in flight, against naive`, 2, against('naive', at(crowd, 'click → domain'))),
    most(
      `click → domain, ${crowd} in flight, Slack and cloud ${AWAY_MS} ms away, against naive`,
      2,
      against('naive', ({ away }) => away[crowd]),
    ),
  ]);
  const perSecond = (client: 'ours' | 'official') => calls[client].map((one) => one.perSecond);
  return [
    ...acks,
    ...domains,
    {
      what: 'signed calls a second, against the official client',
      bound: 'least',
      limit: 3,
      ratio: ratio(perSecond('ours'), perSecond('official')),
    },
    most(
      'start → ready, against bare',
      1.5,
      against('bare', ({ readyMs }) => readyMs),
    ),
  ];
}

export function aimLine(aim: Aim): string {
  const { what, bound, limit, ratio } = aim;
  const met = isMet(aim);
  const verdict = met === undefined ? 'not measured' : met ? 'met' : 'missed';
  return `${what}: ${ratio === undefined ? 'no' : ratio.toFixed(2)} ×, at ${bound} ${limit} ×: ${verdict}`;
}
