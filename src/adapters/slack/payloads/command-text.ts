/** What was typed behind the slash command. */
import { tidy } from '../../../application/tidy.ts';
import { isRequestId, type RequestId } from '../../../domain/ids.ts';
import { nearestWord } from './nearest-word.ts';

export interface TypedTarget {
  readonly instance?: string;
  readonly service?: string;
  readonly zone?: string;
}

export type CommandText =
  | { readonly kind: 'create'; readonly target: TypedTarget }
  | { readonly kind: 'show'; readonly request: string | undefined }
  | { readonly kind: 'pending' }
  /** The words behind it: a request, or an instance and perhaps its account. */
  | { readonly kind: 'who-can-approve'; readonly what: readonly string[] }
  | { readonly kind: 'doctor' }
  | { readonly kind: 'help'; readonly unknown?: string; readonly nearest?: string };

const WORDS = ['create', 'pending', 'show', 'who-can-approve', 'doctor', 'help'] as const;
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
    case 'pending':
      return { kind: 'pending' };
    case 'who-can-approve':
      return { kind: 'who-can-approve', what: rest };
    case 'doctor':
      return { kind: 'doctor' };
    case 'help':
    case '':
      return { kind: 'help' };
  }
  const nearest = nearestWord(word, WORDS);
  return { kind: 'help', unknown: first, ...(nearest === undefined ? {} : { nearest }) };
}

/** A request's id, with or without its prefix, in letters of any size. */
export function requestIdIn(typed: string): RequestId | undefined {
  const id = `req_${typed.replace(/^req_/i, '').toUpperCase()}`;
  return isRequestId(id) ? id : undefined;
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
