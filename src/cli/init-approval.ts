/** `init`: the questions about channels and approvers, by the names that they have in Slack. */
import type { Named, Names } from '../adapters/slack/list-names.ts';
import { duration } from '../config/values.ts';
import type { NewConfig } from '../config/write-config.ts';
import type { Answered, Asker } from './ask.ts';
import { findName } from './find-name.ts';

interface Approval {
  readonly config: Omit<NewConfig, 'accounts'>;
  /** What the ids are called. */
  readonly named: ReadonlyMap<string, string>;
}

type Sign = '#' | '@';
type Approver = Named & { readonly kind: 'user' | 'group' };

export async function askApproval(asker: Asker, names: Names, teamId: string): Promise<Approval> {
  asker.say('\nApprovals. Channels, people and user groups are given by name, such as #approvals, @ben or @sre.');
  const [channels, members, groups] = await Promise.all([names.channels(), names.members(teamId), names.groups()]);
  const approvers: readonly Approver[] = [
    ...members.map((member) => ({ ...member, kind: 'user' as const })),
    ...groups.map((group) => ({ ...group, kind: 'group' as const })),
  ];

  const approvals = await asker.askUntil('Channel where requests wait for approval', (typed) =>
    choose(asker, typed, channels, '#'),
  );
  const audit = await asker.askUntil<Named | undefined>(
    'Channel for a line about each outcome (empty: none)',
    async (typed) => (typed === '' ? { value: undefined } : await choose(asker, typed, channels, '#')),
  );
  const chosen = await asker.askUntil('Who may approve: people and user groups, with commas between', (typed) =>
    chooseAll(asker, typed, approvers),
  );
  const users = chosen.filter(({ kind }) => kind === 'user');
  const chosenGroups = chosen.filter(({ kind }) => kind === 'group');
  const required = await asker.askUntil(
    'How many of them must say yes',
    (typed) => readCount(typed, users.length, chosenGroups.length),
    '1',
  );
  const locale = await asker.askUntil(
    'Language of messages in channels (en, zh-CN)',
    (typed) => (typed === 'en' || typed === 'zh-CN' ? { value: typed } : { wrong: 'Expected en or zh-CN.' }),
    'en',
  );
  const expiresAfter = await asker.askUntil('How long a request may wait (such as 30m, 24h, 7d)', readDuration, '24h');
  return {
    config: {
      channels: { approvals: approvals.id, ...(audit === undefined ? {} : { audit: audit.id }) },
      locale,
      rules: [
        {
          name: 'everything',
          steps: [{ users: users.map(({ id }) => id), groups: chosenGroups.map(({ id }) => id), required }],
          notify: 'approvers',
          expires_after: expiresAfter,
        },
      ],
    },
    named: new Map([
      ...[approvals, ...(audit === undefined ? [] : [audit])].map(
        ({ id, names: [name = ''] }) => [id, `#${name}`] as const,
      ),
      ...chosen.map(({ id, names: [name = ''] }) => [id, `@${name}`] as const),
    ]),
  };
}

/** One by its name; of several with the same name, the one whose number is typed. */
async function choose<T extends Named>(
  asker: Asker,
  typed: string,
  all: readonly T[],
  sign: Sign,
): Promise<Answered<T>> {
  const found = findName(typed, all);
  switch (found.kind) {
    case 'one':
      return { value: found.item };
    case 'none': {
      const hint =
        found.nearest.length > 0
          ? ` Did you mean ${found.nearest.map((name) => `${sign}${name}`).join(', ')}?`
          : sign === '#'
            ? ' A private channel shows only after the bot was invited to it.'
            : '';
      return { wrong: `There is no ${typed === '' ? 'name' : typed} that the bot can see.${hint}` };
    }
    case 'several': {
      const { items } = found;
      asker.say(`Several are called ${typed}:`);
      for (const [index, { id, names }] of items.entries()) {
        asker.say(`  ${index + 1}  ${names.map((name) => `${sign}${name}`).join(', ')} (${id})`);
      }
      const value = await asker.askUntil<T>('Which number', (answer) => {
        const item = /^\d+$/.test(answer) ? items[Number(answer) - 1] : undefined;
        return item === undefined ? { wrong: `Expected a number from 1 to ${items.length}.` } : { value: item };
      });
      return { value };
    }
  }
}

async function chooseAll(
  asker: Asker,
  typed: string,
  all: readonly Approver[],
): Promise<Answered<readonly Approver[]>> {
  const words = typed
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean);
  if (words.length === 0) return { wrong: 'Somebody has to be able to approve.' };
  const chosen: Approver[] = [];
  for (const word of words) {
    const answer = await choose(asker, word, all, '@');
    if ('wrong' in answer) return answer;
    if (!chosen.some(({ id }) => id === answer.value.id)) chosen.push(answer.value);
  }
  return { value: chosen };
}

/** A user group may have any number of members. */
function readCount(typed: string, users: number, groups: number): Answered<number> {
  const most = groups > 0 ? 100 : users;
  const count = /^\d{1,3}$/.test(typed) ? Number(typed) : 0;
  return count >= 1 && count <= most ? { value: count } : { wrong: `Expected a whole number from 1 to ${most}.` };
}

function readDuration(typed: string): Answered<string> {
  const read = duration().safeParse(typed);
  return read.success ? { value: typed } : { wrong: read.error.issues.map(({ message }) => message).join('\n') };
}
