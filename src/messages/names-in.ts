/** How people and user groups are named where nobody is to be alerted. */
import type { Roster } from '../domain/policy/roster.ts';
import { code, oneLine } from './mrkdwn.ts';
import type { Names } from './policy.ts';

const LONGEST = 60;

export function namesIn(roster: Roster | undefined): Names {
  return {
    person: (id) => named(roster?.people.find((person) => person.id === id)?.name, id, ''),
    group: (id) => named(roster?.groups.find((group) => group.id === id)?.name, id, '@'),
  };
}

function named(name: string | undefined, id: string, sign: string): string {
  // Markup in a name would be somebody's joke on everybody who reads it.
  const plain = name?.replace(/[*_~`]/g, '') ?? '';
  return plain.trim() === '' ? code(id) : `${sign}${oneLine(plain, LONGEST)}`;
}
