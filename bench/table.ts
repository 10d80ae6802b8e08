/** The result as one table: a row for each measure, a column for each contestant, a dash where a row does not apply. */

import type { BenchResult, Measured } from './bench.ts';
import { CALLS_AT_ONCE } from './calls.ts';
import type { Client } from './contestants.ts';
import { AWAY_MS, CROWDS, MEASURES, TROUBLES, WRONGS } from './measures.ts';
import { median, quantile } from './statistics.ts';

export const DASH = '—';

export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export function tableOf({ measured, calls }: BenchResult): Table {
  const row = (name: string, cell: (one: Measured) => string): readonly string[] => [name, ...measured.map(cell)];
  const clientRow = (name: string, cell: (client: Client) => string): readonly string[] =>
    row(name, ({ contestant }) => (contestant.plays === 'whole' ? cell(clientOf(contestant.name)) : DASH));
  const ceiling = (name: string, cell: string): readonly string[] =>
    row(name, ({ contestant }) => (contestant.name === 'vpc-endpoint-bot' ? cell : DASH));
  const perSecond = (client: Client) => whole(median(calls[client].map((one) => one.perSecond)));
  const cpuMs = (client: Client) => median(calls[client].map((one) => one.cpuMs))?.toFixed(2) ?? DASH;
  const importMs = (client: Client) => whole(median(calls[client].map((one) => one.importMs)));
  return {
    head: ['', ...measured.map(({ contestant }) => contestant.name)],
    rows: [
      ...MEASURES.flatMap((measure) =>
        CROWDS.map((crowd) =>
          row(`${measure}, ${crowd} in flight, ms`, ({ rounds }) =>
            spread(rounds.flatMap(({ of }) => of[crowd][measure])),
          ),
        ),
      ),
      ...CROWDS.map((crowd) =>
        row(`click → domain, ${crowd} in flight, Slack and cloud ${AWAY_MS} ms away, ms`, ({ rounds }) =>
          spread(rounds.flatMap(({ away }) => away[crowd])),
        ),
      ),
      row('processor time of the bot for a request, ms', ({ rounds }) =>
        tenth(median(rounds.map(({ cost }) => cost.cpuMs))),
      ),
      row('calls to Slack for a request', ({ rounds }) => tenth(median(rounds.map(({ cost }) => cost.slackCalls)))),
      row('calls to the cloud for a request', ({ rounds }) => tenth(median(rounds.map(({ cost }) => cost.cloudCalls)))),
      row('start → ready, ms', ({ rounds }) => whole(median(rounds.flatMap(({ readyMs }) => readyMs)))),
      row('memory after the run, MiB', ({ rounds }) => whole(median(rounds.map(({ memoryMiB }) => memoryMiB)))),
      clientRow(`signed calls a second, ${CALLS_AT_ONCE} in flight`, perSecond),
      ceiling('the same unsigned, with undici alone', perSecond('unsigned')),
      clientRow('processor time for each such call, ms', cpuMs),
      ceiling('the same unsigned with undici alone, ms', cpuMs('unsigned')),
      clientRow('cold start until the cloud’s client is loaded, ms', importMs),
      ceiling('the same with undici alone, ms', importMs('unsigned')),
      ...TROUBLES.map((trouble) =>
        row(`wrong after a ${trouble}`, ({ outcomes }) => {
          if (outcomes === undefined) return DASH;
          const found = WRONGS.flatMap((wrong) => {
            const count = outcomes[trouble][wrong];
            return count === 0 ? [] : [`${count} ${wrong}`];
          });
          return found.length === 0 ? 'nothing' : found.join(', ');
        }),
      ),
    ],
  };
}

/** The rivals that create anything do so through the official client. */
function clientOf(name: string): Client {
  return name === 'vpc-endpoint-bot' ? 'ours' : 'official';
}

/** Half of all samples are not above the first, 99 % not above the second. */
function spread(values: readonly number[]): string {
  const [half, most] = [quantile(values, 0.5), quantile(values, 0.99)];
  return half === undefined || most === undefined ? DASH : `${tenths(half)} / ${tenths(most)}`;
}

function tenths(value: number): string {
  return value < 100 ? value.toFixed(1) : whole(value);
}

function tenth(value: number | undefined): string {
  return value === undefined ? DASH : value.toFixed(1);
}

function whole(value: number | undefined): string {
  return value === undefined ? DASH : value.toFixed(0);
}

/** In columns, for a terminal. */
export function plain({ head, rows }: Table): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((cells) => cells[column]?.length ?? 0)));
  return all
    .map((cells) =>
      cells
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('  '),
    )
    .join('\n');
}

export function markdown({ head, rows }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(head),
    `|---|${head
      .slice(1)
      .map(() => '---:|')
      .join('')}`,
    ...rows.map(line),
  ].join('\n');
}
