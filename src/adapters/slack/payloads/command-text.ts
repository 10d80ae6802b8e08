/** What was typed behind the slash command. */
import { tidy } from '../../../application/tidy.ts';
import { nearestWord } from './nearest-word.ts';

export interface TypedTarget {
  readonly instance?: string;
  readonly service?: string;
  readonly zone?: string;
}

export type CommandText =
  | { readonly kind: 'create'; readonly target: TypedTarget }
  | { readonly kind: 'show'; readonly request: string | undefined }
  | { readonly kind: 'doctor' }
  | { readonly kind: 'help'; readonly unknown?: string; readonly nearest?: string };

const WORDS = ['create', 'show', 'doctor', 'help'] as const;
/** A longer word is no id, and would not fit into a menu's option. */
const LONGEST = 75;

export function parseCommandText(text: string): CommandText {
  const [first = '', ...rest] = text.split(/\s+/).map(tidy).filter(Boolean);
  const word = first.toLowerCase();
  switch (word) {
    case 'create':
      return { kind: 'create', target: targetIn(rest) };
    case 'show':
      return { kind: 'show', request: rest[0] };
    case 'doctor':
      return { kind: 'doctor' };
    case 'help':
    case '':
      return { kind: 'help' };
  }
  const nearest = nearestWord(word, WORDS);
  return { kind: 'help', unknown: first, ...(nearest === undefined ? {} : { nearest }) };
}

/** By what it looks like, else by its place: instance, service, zone. */
function targetIn(words: readonly string[]): TypedTarget {
  const target: { instance?: string; service?: string; zone?: string } = {};
  const others: string[] = [];
  for (const word of words.filter(({ length }) => length <= LONGEST)) {
    if (word.startsWith('es-') && target.instance === undefined) target.instance = word;
    else if (word.startsWith('epsrv-') && target.service === undefined) target.service = word;
    else others.push(word);
  }
  for (const name of ['instance', 'service', 'zone'] as const) {
    const next = target[name] === undefined ? others.shift() : undefined;
    if (next !== undefined) target[name] = next;
  }
  return target;
}
