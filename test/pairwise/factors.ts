/** What the main job is played under: every switch of both stand-ins, the transport, and what befalls the create. */
import { CLOUD_SWITCHES, type CloudSwitches } from '../../sandbox/alibaba-cloud/switches.ts';
import { SLACK_SWITCHES, type SlackSwitches } from '../../sandbox/slack/switches.ts';
import { cover, type Row, type Shadow } from '../support/pairwise.ts';

/** How the account's list may be late, and still be within its `settle`: that is what the bot's promise takes for granted. */
export const SETTLE_MS = 2_000;

const SLACK_FACTORS = { ...SLACK_SWITCHES, transport: ['http', 'socket'] } as const;

const CLOUD_FACTORS = {
  ...CLOUD_SWITCHES,
  listLagMs: [0, SETTLE_MS / 4],
  /** The create's answer arrives, or is lost after it took effect, or is to come again later at first. */
  create: ['answered', 'lost', 'throttled'],
  /** Who accepts the connection. */
  acceptance: ['service', 'bot'],
  /** Whether RAM lets the bot list instances and services; the form can do without. */
  lists: ['allowed', 'denied'],
} as const;

export const FACTORS = { ...SLACK_FACTORS, ...CLOUD_FACTORS };
export type Combination = Row<typeof FACTORS>;

const OF_SOCKETS = ['eleventhConnection', 'socketChoice', 'redeliveredEnvelope'] as const;
const OVER_HTTP = { factor: 'transport', value: 'http', hides: OF_SOCKETS } as const;

export const SHADOWS: readonly Shadow<typeof FACTORS>[] = [
  OVER_HTTP,
  // Then nothing is approved, and nothing created.
  { factor: 'dryRunAnswer', value: 'creates', hides: names(FACTORS).filter((name) => name !== 'dryRunAnswer') },
];

export interface StagePlan {
  readonly transport: Combination['transport'];
  readonly slack: SlackSwitches;
  readonly rows: readonly NumberedRow[];
}

export interface NumberedRow {
  /** From 1, for `PAIRWISE_ROW`. */
  readonly number: number;
  readonly values: Combination;
}

/** One stage for each combination of Slack's switches, which all of its stories share. */
export function planStages(): readonly StagePlan[] {
  const starts = cover(SLACK_FACTORS, { shadows: [OVER_HTTP] });
  const rows = cover(FACTORS, { shadows: SHADOWS, starts });
  const stages = starts.map((start) => ({
    transport: start.transport,
    slack: only(start, names(SLACK_SWITCHES)),
    rows: rows.filter((row) => names(SLACK_FACTORS).every((name) => row[name] === start[name])),
  }));
  let number = 0;
  return stages
    .filter((stage) => stage.rows.length > 0)
    .map((stage) => ({
      ...stage,
      rows: stage.rows.map((values) => {
        number += 1;
        return { number, values };
      }),
    }));
}

export function cloudSwitchesOf(row: Combination): CloudSwitches {
  return only(row, names(CLOUD_SWITCHES));
}

function names<T extends object>(of: T): readonly (keyof T & string)[] {
  return Object.keys(of) as (keyof T & string)[];
}

function only<T, K extends keyof T>(row: T, wanted: readonly K[]): Pick<T, K> {
  return Object.fromEntries(wanted.map((name) => [name, row[name]])) as Pick<T, K>;
}
