/** Writes down what the stand-ins assume of their vendors, as a page for readers: `docs/assumptions.md`. */
import { CLOUD_COVERAGE } from './alibaba-cloud/coverage.ts';
import { CLOUD_SWITCHES } from './alibaba-cloud/switches.ts';
import type { Certainty, CoverageEntry } from './coverage.ts';
import { SLACK_COVERAGE } from './slack/coverage.ts';
import { SLACK_SWITCHES } from './slack/switches.ts';

export type Matrix = {
  readonly vendor: string;
  /** Where the matrix and the switches are, in this project. */
  readonly folder: string;
  readonly entries: readonly CoverageEntry[];
  /** By name, each with its values, the usual one first. */
  readonly switches: Readonly<Record<string, readonly unknown[]>>;
};

export const MATRICES: readonly Matrix[] = [
  { vendor: 'Slack', folder: 'sandbox/slack', entries: SLACK_COVERAGE, switches: SLACK_SWITCHES },
  { vendor: 'Alibaba Cloud', folder: 'sandbox/alibaba-cloud', entries: CLOUD_COVERAGE, switches: CLOUD_SWITCHES },
];

const SURE: Readonly<Record<Certainty, string>> = {
  run: 'tried',
  read: 'read',
  recall: 'remembered',
  infer: 'concluded',
  unknown: 'open',
};

const INTRODUCTION = `# What we assume of Slack and Alibaba Cloud

Made by \`node scripts/assumptions.mjs\` from the matrices of the two stand-ins; a test holds this page against them.

The tests and the sandbox play Slack and Alibaba Cloud. What they show is worth as much as what is known of the two, so here is all of it, and how surely it is known:

| | |
|---|---|
| tried | seen by running it, against the service itself or the vendor's own library |
| read | in the vendor's documentation, in an issue that the vendor answered, or in an installed package |
| remembered | known from use, not verified |
| concluded | follows from something else that is known |
| open | nobody could say; one way had to be played |

Where it is not sure, a switch of the stand-in plays it another way, or what is played is the harder of the two. The first value of a switch is the usual one. The main job, from the command to the connection, is played with each two of all these values together (\`test/pairwise\`).`;

/** The whole page. */
export function assumptionsPage(matrices: readonly Matrix[] = MATRICES): string {
  return `${[INTRODUCTION, ...matrices.map(chapter)].join('\n\n')}\n`;
}

function chapter({ vendor, folder, entries, switches }: Matrix): string {
  const played = entries.filter(({ done }) => done);
  const doubtful = played.filter((entry) => !isSure(entry) || entry.switch !== undefined);
  const sure = played.filter((entry) => !doubtful.includes(entry));
  const missing = entries.filter(({ done }) => !done);
  const values = (name: string | undefined): string =>
    name === undefined ? 'none' : `\`${name}\`: ${(switches[name] ?? []).map(shown).join(', ')}`;
  return [
    `## ${vendor}`,
    `The switches are in \`${folder}/switches.ts\`.`,
    '### What could be otherwise',
    table(
      ['what we assume', 'how surely', 'the switch'],
      doubtful.map((entry) => [told(entry), SURE[entry.certainty], values(entry.switch)]),
    ),
    '### What is known',
    table(
      ['what we rely on', 'how surely'],
      sure.map((entry) => [told(entry), SURE[entry.certainty]]),
    ),
    '### What is not played',
    table(
      ['what', 'why not'],
      missing.map((entry) => [named(entry), entry.note ?? '']),
    ),
  ].join('\n\n');
}

const isSure = ({ certainty }: CoverageEntry): boolean => certainty === 'run' || certainty === 'read';

/** An operation's own name tells what the sentence is about. */
const named = ({ id, what }: CoverageEntry): string =>
  /^(\w+(\.\w+)+|[A-Z]\w+)$/.test(id) ? `\`${id}\`: ${what}` : what;

const told = (entry: CoverageEntry): string =>
  entry.note === undefined ? named(entry) : `${named(entry)} ${entry.note}`;

const shown = (value: unknown): string =>
  `\`${typeof value === 'string' ? value : (JSON.stringify(value) ?? 'unset')}\``;

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(heads), `|${heads.map(() => '---|').join('')}`, ...rows.map(line)].join('\n');
}
