/** Throws at the parsers themselves, in this process: each answers with a value or its own refusal, and nothing else. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { decodeAudit } from '../../src/adapters/redis/codecs/audit-entry.ts';
import { CorruptRecord } from '../../src/adapters/redis/codecs/corrupt-record.ts';
import { decodeEntry } from '../../src/adapters/redis/codecs/inbox-entry.ts';
import { decodeRecord } from '../../src/adapters/redis/codecs/record.ts';
import { parseButtonValue } from '../../src/adapters/slack/blocks/button-value.ts';
import { type Body, judgeBody } from '../../src/adapters/slack/payloads/body.ts';
import { readClick } from '../../src/adapters/slack/payloads/click.ts';
import { readCommand } from '../../src/adapters/slack/payloads/command.ts';
import { parseCommandText } from '../../src/adapters/slack/payloads/command-text.ts';
import { judgeFrame } from '../../src/adapters/slack/payloads/envelope.ts';
import { readClickMetadata, readCreateMetadata } from '../../src/adapters/slack/payloads/metadata.ts';
import { readPick } from '../../src/adapters/slack/payloads/pick.ts';
import { readShortcut } from '../../src/adapters/slack/payloads/shortcut.ts';
import { readSubmission } from '../../src/adapters/slack/payloads/submission.ts';
import { readSuggestion } from '../../src/adapters/slack/payloads/suggestion.ts';
import { readConfigFile } from '../../src/config/config-file.ts';
import type { Chance } from './chance.ts';
import { type Json, mutated, spliced, stringify } from './mutate.ts';
import type { Recorded } from './record.ts';
import { frame } from './throw-socket.ts';

export interface Parser {
  readonly name: string;
  readonly make: (chance: Chance) => string;
  /** @returns what it said, in one word; throws what nobody expects. */
  readonly parse: (text: string) => string;
}

/** What was stored of a real request. */
export interface Stored {
  readonly record: string;
  readonly audit: string;
  readonly entry: string;
}

const EXAMPLE = readFileSync(path.join(import.meta.dirname, '../../vpc-endpoint.example.yml'), 'utf8');

export function parsers(recorded: readonly Recorded[], stored: Stored): readonly Parser[] {
  const fromJson = (text: string) => (chance: Chance) =>
    chance.is(0.3) ? spliced(text, chance) : stringify(mutated(JSON.parse(text) as Json, chance));
  const anyOf = (chance: Chance) => chance.pick(recorded);
  const decoder = (name: string, text: string, decode: (text: string) => unknown): Parser => ({
    name,
    make: fromJson(text),
    parse: (given) => {
      try {
        decode(given);
        return 'read';
      } catch (error) {
        if (error instanceof CorruptRecord) return 'refused';
        throw error;
      }
    },
  });
  const typed = (name: string, valid: string, parse: (text: string) => unknown): Parser => ({
    name,
    make: (chance) => (chance.is(0.5) ? spliced(spliced(valid, chance), chance) : spliced(valid, chance)),
    parse: (text) => (parse(text) === undefined ? 'refused' : 'read'),
  });
  return [
    {
      name: 'body of an interaction',
      make: (chance) => {
        const text = stringify(mutated(anyOf(chance).payload, chance));
        return new URLSearchParams({ payload: chance.is(0.1) ? spliced(text, chance) : text }).toString();
      },
      parse: (text) => allReadable(judgeBody('application/x-www-form-urlencoded', text)),
    },
    {
      name: 'body of an event',
      make: (chance) => stringify(mutated(anyOf(chance).payload, chance)),
      parse: (text) => allReadable(judgeBody('application/json', text)),
    },
    {
      name: 'frame of a socket',
      make: (chance) => frame(anyOf(chance), 'e1', chance),
      parse: (text) => {
        const judged = judgeFrame(text);
        if (judged.kind === 'deliver') read(judged.delivery.body);
        return judged.kind;
      },
    },
    decoder('stored record', stored.record, decodeRecord),
    decoder('stored audit entry', stored.audit, decodeAudit),
    decoder('stored inbox entry', stored.entry, decodeEntry),
    typed('button value', 'req_01ARZ3NDEKTSV4RRFFQ69G5FAV:1', parseButtonValue),
    typed('command text', 'create es-cn-2r429tctl000d1aqz epsrv-hp3xdsq46ael67lob1c2 cn-hangzhou-i', parseCommandText),
    typed(
      'metadata of a new request',
      '{"request":"req_01ARZ3NDEKTSV4RRFFQ69G5FAV","origin":"C0DATA"}',
      readCreateMetadata,
    ),
    typed(
      'metadata of a click',
      '{"request":"req_01ARZ3NDEKTSV4RRFFQ69G5FAV","revision":1,"channel":"C0DATA"}',
      readClickMetadata,
    ),
    {
      name: 'config file',
      make: (chance) => {
        let text = EXAMPLE;
        for (let edits = 1 + chance.int(6); edits > 0; edits -= 1) text = spliced(text, chance);
        return text.slice(0, 10_000);
      },
      parse: (text) => {
        const checked = readConfigFile(text, 'f.yml');
        if (checked.ok) return 'read';
        const misplaced = checked.problems.find(
          ({ where, message }) => !/^f\.yml:\d+:\d+$/.test(where) || /[\r\n]/.test(message),
        );
        if (checked.problems.length === 0 || misplaced !== undefined)
          throw new Error(`a problem without a place: ${stringify({ ...misplaced })}`);
        return 'refused';
      },
    },
  ];
}

/** What was let in can be read by whichever listener gets it. */
function allReadable(judged: Body): string {
  if (judged.kind === 'deliver') read(JSON.parse(judged.json) as Readonly<Record<string, unknown>>);
  return judged.kind;
}

function read(body: Readonly<Record<string, unknown>>): void {
  switch (body.type) {
    case undefined:
      parseCommandText(readCommand(body).text);
      return;
    case 'block_actions':
      readClick(body);
      readPick(body);
      return;
    case 'block_suggestion':
      readSuggestion(body);
      return;
    case 'shortcut':
      readShortcut(body);
      return;
    case 'view_submission':
    case 'view_closed':
      readSubmission(body);
      return;
  }
}
