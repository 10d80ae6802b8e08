/** Makes something odd out of a valid payload: a field dropped, doubled, retyped, or filled with what hurts. */
import type { Chance } from './chance.ts';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const LONG = 'x'.repeat(70_000);

/** What has hurt parsers, stores and shells before; and ids of people, requests and places that are not theirs. */
const ODD: readonly Json[] = [
  ...[null, true, false, 0, -1, 1.5, Number.POSITIVE_INFINITY, 1e21, 2 ** 53, '', ' ', '0', 'NaN', 'null', 'true'],
  ...[[], {}, [[]], [null], { id: null }, { id: 7 }, { toString: 1 }, { length: -1 }, LONG],
  ...['__proto__', 'constructor', 'prototype', 'toString', '../../etc/passwd', '..%2f..%2f', '%00', 'a\u0000b', 'a\nb'],
  ...['\ud800', '\u202eabc', '💥'.repeat(50), "'; DROP TABLE x; --", "'] redis.call('FLUSHALL')--", '', '{{7*7}}'],
  ...[
    '<!channel>',
    '<@U0BEN>',
    '`x`',
    'http://169.254.169.254/',
    'https://slack.com.evil.example/',
    'file:///etc/passwd',
  ],
  ...[
    'U0ANN',
    'U0DAN',
    'U0GUS',
    'U0EVE',
    'U0OLD',
    'U0BOT',
    'U0NOBODY',
    'C0AUDIT',
    'C0SECRET',
    'D0',
    'T0ACME',
    'T0OTHER',
  ],
  ...['req_01ARZ3NDEKTSV4RRFFQ69G5FAV:1', 'req_01ARZ3NDEKTSV4RRFFQ69G5FAV:0', 'req_01ARZ3NDEKTSV4RRFFQ69G5FAV:1e9'],
  ...['approve', 'reject', 'edit', 'cancel', 'retry', 'choose_endpoint', 'instance', 'service', 'zone', 'account'],
  ...['create_endpoint', 'edit_request', 'reject_request', 'choose_endpoint', 'block_actions', 'block_suggestion'],
  ...['view_submission', 'view_closed', 'shortcut', 'message_action', 'dialog_submission', 'url_verification'],
  ...['event_callback', 'function_executed', 'app_uninstalled', 'disconnect', 'hello', 'slash_commands', 'events_api'],
];
const KEYS = [
  ...['__proto__', 'constructor', 'event', 'command', 'name', 'actions', 'function_data', 'payload', 'type', 'team'],
  ...['enterprise', 'is_enterprise_install', 'channel', 'view', 'user', 'response_urls', 'authorizations', 'item', ''],
];

type Holder = Json[] | { [key: string]: Json };
type Place = { readonly holder: Holder; readonly key: string };

/** A copy with one to four changes. */
export function mutated(valid: Json, chance: Chance): Json {
  const root: { [key: string]: Json } = { it: copied(valid) };
  for (let changes = 1 + chance.int(4); changes > 0; changes -= 1) changeOne(root, chance);
  return root.it ?? null;
}

function changeOne(root: { [key: string]: Json }, chance: Chance): void {
  const places = placesIn(root);
  const { holder, key } = chance.pick(places);
  const value = read(holder, key);
  switch (chance.int(8)) {
    case 0:
      if (holder !== root) drop(holder, key);
      break;
    case 1: {
      const from = chance.pick(places);
      write(holder, key, copied(read(from.holder, from.key)));
      break;
    }
    case 2:
      write(holder, key, retyped(value, chance));
      break;
    case 3:
      write(holder, key, typeof value === 'string' ? spliced(value, chance) : odd(chance));
      break;
    case 4:
      if (Array.isArray(holder)) holder.push(copied(value));
      else if (holder !== root) write(holder, chance.pick(KEYS), chance.is(0.5) ? copied(value) : odd(chance));
      break;
    case 5:
      write(holder, key, nested(value, chance));
      break;
    default:
      write(holder, key, odd(chance));
  }
}

/** Null for what is nested so deeply by now that it can't be copied. */
function copied(value: Json): Json {
  try {
    return structuredClone(value);
  } catch {
    return null;
  }
}

function odd(chance: Chance): Json {
  return structuredClone(chance.pick(ODD));
}

function drop(holder: Holder, key: string): void {
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else delete holder[key];
}

/** Every place in it, the root's included. Few are deep, so the walk is bounded. */
function placesIn(root: { [key: string]: Json }): Place[] {
  const places: Place[] = [];
  const waiting: Holder[] = [root];
  for (let holder = waiting.pop(); holder !== undefined && places.length < 2_000; holder = waiting.pop()) {
    for (const key of Object.keys(holder)) {
      places.push({ holder, key });
      const value = read(holder, key);
      if (typeof value === 'object' && value !== null) waiting.push(value);
    }
  }
  return places;
}

function read(holder: Holder, key: string): Json {
  return (Array.isArray(holder) ? holder[Number(key)] : Object.getOwnPropertyDescriptor(holder, key)?.value) ?? null;
}

function write(holder: Holder, key: string, value: Json): void {
  if (Array.isArray(holder)) holder[Number(key)] = value;
  // Else a key named __proto__ would be no key.
  else Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
}

function retyped(value: Json, chance: Chance): Json {
  const text = typeof value === 'string' ? value : stringify(value);
  return chance.pick<Json>([text, text.length, [value], { value }, { id: value }, text === '', Number(text)]);
}

function nested(value: Json, chance: Chance): Json {
  let deep = value;
  for (let depth = 10 ** chance.int(4); depth > 0; depth -= 1) deep = chance.is(0.5) ? [deep] : { x: deep };
  return deep;
}

/** As JSON; where that is nested too deeply to be written, something that is nested as deeply. */
export function stringify(value: Json): string {
  try {
    return JSON.stringify(value) ?? 'null';
  } catch {
    return `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
  }
}

/** Cut, doubled, or with something put into it. */
export function spliced(text: string, chance: Chance): string {
  const at = chance.int(text.length + 1);
  const cut = chance.int(4) === 0 ? chance.int(text.length + 1) : chance.int(3);
  const put = chance.pick<string>([
    '',
    'x',
    '"',
    '\\',
    '\u0000',
    ':',
    '/',
    '%',
    '&',
    '=',
    '\n',
    '\ud800',
    '}',
    '0',
    '-',
    text,
  ]);
  return (text.slice(0, at) + put + text.slice(at + cut)).slice(0, 200_000);
}

/** Bytes, some of them changed. */
export function damaged(bytes: Buffer, chance: Chance): Buffer {
  const copy = Buffer.from(bytes);
  for (let changes = 1 + chance.int(5); changes > 0 && copy.length > 0; changes -= 1) {
    copy[chance.int(copy.length)] = chance.int(256);
  }
  return chance.is(0.3) ? copy.subarray(0, chance.int(copy.length + 1)) : copy;
}
