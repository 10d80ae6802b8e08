/** Who is compared, in the order of the table. */

export interface Contestant {
  readonly name: 'bare' | 'least' | 'naive' | 'chat-sdk' | 'vpc-endpoint-bot';
  /** What is started, from the root. */
  readonly program: string;
  /** `acks`: it shows no form and no card, and creates nothing; a card is put there for people to click. */
  readonly plays: 'acks' | 'whole';
  /** Whether it tells who clicked anything at all. */
  readonly answers: boolean;
  /** What its row of the legend says. */
  readonly is: string;
  /** How long it may take to end what went wrong. Nothing in the rivals runs by a clock: what they don't do now, they never do. */
  readonly patienceMs: number;
}

const RIVALS_PATIENCE_MS = 5_000;

export const CONTESTANTS: readonly Contestant[] = [
  {
    name: 'bare',
    program: 'bench/bare/main.ts',
    plays: 'acks',
    answers: false,
    is: 'Bolt that acknowledges and does nothing: the floor',
    patienceMs: RIVALS_PATIENCE_MS,
  },
  {
    name: 'least',
    program: 'bench/least/main.ts',
    plays: 'acks',
    answers: true,
    is: 'Bolt that does the least that “acknowledged is not lost” needs: one durable write to Redis, the ack, one answer',
    patienceMs: RIVALS_PATIENCE_MS,
  },
  {
    name: 'naive',
    program: 'bench/naive/main.ts',
    plays: 'whole',
    answers: true,
    is: 'the whole job as an afternoon’s Bolt app: a guard in memory, and the official client awaited in the handler',
    patienceMs: RIVALS_PATIENCE_MS,
  },
  {
    name: 'chat-sdk',
    program: 'bench/chat-sdk/main.ts',
    plays: 'whole',
    answers: true,
    is: 'the same on Vercel’s Chat SDK, with its Redis state as the guard',
    patienceMs: RIVALS_PATIENCE_MS,
  },
  {
    name: 'vpc-endpoint-bot',
    program: 'src/main.ts',
    plays: 'whole',
    answers: true,
    is: 'this bot',
    patienceMs: 60_000,
  },
];

/** The programs that compare the clients of Alibaba Cloud. */
export const CLIENTS = {
  ours: 'bench/calls/ours.ts',
  official: 'bench/calls/official.ts',
  unsigned: 'bench/calls/unsigned.ts',
} as const;
export type Client = keyof typeof CLIENTS;
