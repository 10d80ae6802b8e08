/** The whole comparison: the contestants in turn, round by round, then the clients, then what goes wrong. */

import { loadavg } from 'node:os';
import type { CallsPrinted } from './calls/print.ts';
import { playCalls } from './calls.ts';
import { CLIENTS, type Client, CONTESTANTS, type Contestant } from './contestants.ts';
import { playRound, type Round } from './round.ts';
import { type Outcomes, playTroubles } from './wrongs.ts';

export interface BenchOptions {
  readonly rounds: number;
  /** Of each measure, in each round and for each crowd. */
  readonly samples: number;
  /** How often each is started in a round. */
  readonly starts: number;
  /** Requests before anything is measured. */
  readonly warmUp: number;
  /** Of each client, in each round. */
  readonly calls: number;
  /** Requests for each kind of trouble. */
  readonly troubled: number;
  /** Nobody but this one. */
  readonly only?: string;
  /** The folder with the clients’ programs. */
  readonly built: string;
  readonly say: (line: string) => void;
}

export interface Measured {
  readonly contestant: Contestant;
  readonly rounds: readonly Round[];
  /** None for those that create nothing. */
  readonly outcomes: Outcomes | undefined;
}

export interface BenchResult {
  readonly options: Omit<BenchOptions, 'say' | 'built'>;
  readonly measured: readonly Measured[];
  /** How many processes wanted a core of this machine, on average over the minute before. */
  readonly loadBefore: number;
  /** By round. */
  readonly calls: Readonly<Record<Client, readonly CallsPrinted[]>>;
}

export async function bench(options: BenchOptions): Promise<BenchResult> {
  const { rounds, calls: count, troubled, only, built, say, ...rest } = options;
  const [loadBefore = 0] = loadavg();
  const contestants = CONTESTANTS.filter(({ name }) => only === undefined || name === only);
  const played = new Map<Contestant, Round[]>(contestants.map((contestant) => [contestant, []]));
  const calls: Record<Client, CallsPrinted[]> = { ours: [], official: [], unsigned: [] };
  for (let round = 1; round <= rounds; round += 1) {
    for (const [contestant, done] of played) {
      const sayWhere = (what: string) => say(`round ${round} of ${rounds}: ${contestant.name}, ${what}`);
      done.push(await playRound(contestant, { ...rest, say: sayWhere }));
    }
    for (const client of Object.keys(CLIENTS) as Client[]) {
      say(`round ${round} of ${rounds}: the client ${client}`);
      calls[client].push(await playCalls(built, client, count));
    }
  }
  say('double clicks, lost replies and a SIGKILL');
  // Nothing is timed in here: they may be at it side by side.
  const measured = await Promise.all(
    [...played].map(async ([contestant, done]) => ({
      contestant,
      rounds: done,
      outcomes: contestant.plays === 'whole' ? await playTroubles(contestant, troubled) : undefined,
    })),
  );
  const shown = { rounds, calls: count, troubled, ...rest };
  return { options: only === undefined ? shown : { ...shown, only }, measured, loadBefore, calls };
}
