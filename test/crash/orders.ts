/** What a play and a bot tell each other: orders where to stop, and notes of what was called; as files, since it is killed. */
import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A call of a port, by its name and its number within one request. */
export interface Point {
  /** Such as `requests.commit#9`. */
  readonly call: string;
  /** `before` it is made, or `after` it took effect and before its answer is seen. */
  readonly when: 'before' | 'after';
}

/** In the place of a request's id: calls that belong to no request, and a stop that stops all of them. */
export const PROCESS = '*';

export interface Orders {
  /** Which play they are for: what belongs to no request is counted anew in each. */
  readonly play: number;
  /** By request. */
  readonly stops: Readonly<Record<string, Point>>;
  /** Whether each call is to be noted. */
  readonly record: boolean;
}

/** `called`: every call, where that is ordered. `stopped`: the point that was reached. */
export type Kind = 'called' | 'stopped';

export interface Note {
  readonly request: string;
  readonly call: string;
}

const ordersFile = (folder: string, pid: number): string => path.join(folder, `${pid}.orders`);
const notesFile = (folder: string, pid: number, kind: Kind): string => path.join(folder, `${pid}.${kind}`);

export function giveOrders(folder: string, pid: number, orders: Orders): void {
  const file = ordersFile(folder, pid);
  // Never half written.
  writeFileSync(`${file}.new`, JSON.stringify(orders));
  renameSync(`${file}.new`, file);
}

export function readOrders(folder: string, pid: number): Orders | undefined {
  const file = ordersFile(folder, pid);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Orders) : undefined;
}

export function note(folder: string, pid: number, kind: Kind, { request, call }: Note): void {
  appendFileSync(notesFile(folder, pid, kind), `${request} ${call}\n`);
}

export function readNotes(folder: string, pid: number, kind: Kind): readonly Note[] {
  const file = notesFile(folder, pid, kind);
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const [request = '', call = ''] = line.split(' ');
      return { request, call };
    });
}
