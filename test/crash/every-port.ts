/** Puts something around every method of every port of a workspace; a new method does not compile until it is classed here. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Bells } from '../../src/application/bells.ts';
import type { Announcer } from '../../src/application/ports/announcer.ts';
import type { Clock } from '../../src/application/ports/clock.ts';
import type { CloudAccount } from '../../src/application/ports/cloud.ts';
import type { Directory } from '../../src/application/ports/directory.ts';
import type { Requests } from '../../src/application/ports/requests.ts';
import type { AccountSlots } from '../../src/application/ports/slots.ts';
import type { WakeUps } from '../../src/application/ports/wake-ups.ts';
import type { Workspace } from '../../src/application/workspace.ts';
import { PROCESS } from './orders.ts';

/** `look`: changes nothing, so a crash at any of several in a row is the same crash. `pure`: is no call at all. */
type Kind = 'effect' | 'look' | 'pure';
type Room<Port> = Readonly<Record<keyof Port, Kind>>;

const REQUESTS: Room<Requests> = {
  receive: 'effect',
  load: 'look',
  peek: 'look',
  commit: 'effect',
  holders: 'look',
  list: 'look',
  read: 'look',
  takeDue: 'effect',
  putOff: 'effect',
  history: 'look',
};
const WAKE_UPS: Room<WakeUps> = { nudge: 'effect' };
const SLOTS: Room<AccountSlots> = {
  reserve: 'effect',
  begin: 'effect',
  begun: 'effect',
  leave: 'effect',
  takeTurn: 'effect',
  endTurn: 'effect',
  halt: 'effect',
};
const DIRECTORY: Room<Directory> = { identify: 'look', glance: 'look', roster: 'look' };
const SLACK: Room<Announcer> = {
  render: 'pure',
  send: 'effect',
  update: 'effect',
  find: 'look',
  permalink: 'look',
  canPost: 'look',
};
const CLOCK: Room<Clock> = { read: 'look', recent: 'look' };
const CLOUD: Room<CloudAccount> = {
  listInstances: 'look',
  describeInstance: 'look',
  listEndpointServices: 'look',
  describeEndpointService: 'look',
  listEndpoints: 'look',
  dryRunCreateEndpoint: 'effect',
  createEndpoint: 'effect',
  acceptConnection: 'effect',
  describeConnection: 'look',
};

const ROOMS = {
  requests: REQUESTS,
  wakeUps: WAKE_UPS,
  slots: SLOTS,
  directory: DIRECTORY,
  slack: SLACK,
  clock: CLOCK,
  cloud: CLOUD,
} as const;

/** All names that a call can have, such as `requests.commit`. */
export const METHODS: readonly string[] = Object.entries(ROOMS).flatMap(([room, methods]) =>
  Object.entries(methods).flatMap(([method, kind]) => (kind === 'pure' ? [] : [`${room}.${method}`])),
);

export interface PortCall {
  readonly name: string;
  readonly kind: 'effect' | 'look';
  /** For which request it is made, or `*`. */
  readonly request: string;
}

/** Whose run it is that calls what does not say for whom. */
const runOf = new AsyncLocalStorage<string>();
// From the start: what began before contexts are kept would share one, and run for whoever comes first.
runOf.enterWith(PROCESS);

/** @param around answers with what the caller gets; makes the call, or does not. */
export function aroundEveryPort(
  workspace: Workspace,
  around: (call: PortCall, make: () => unknown) => unknown,
): Workspace {
  const wrap = <Port extends object>(room: keyof typeof ROOMS, port: Port): Port => {
    const kinds: Readonly<Record<string, Kind>> = ROOMS[room];
    return new Proxy(port, {
      get(target, key) {
        const method: unknown = Reflect.get(target, key);
        const kind = kinds[String(key)];
        if (typeof method !== 'function' || kind === undefined || kind === 'pure') return method;
        return (...args: readonly unknown[]) => {
          const named = requestIn(args);
          const request = named ?? runOf.getStore() ?? PROCESS;
          return around({ name: `${room}.${String(key)}`, kind, request }, () => Reflect.apply(method, target, args));
        };
      },
    });
  };
  return {
    ...workspace,
    bells: enteringRuns(workspace.bells),
    requests: wrap('requests', workspace.requests),
    wakeUps: wrap('wakeUps', workspace.wakeUps),
    slots: wrap('slots', workspace.slots),
    directory: wrap('directory', workspace.directory),
    announcer: wrap('slack', workspace.announcer),
    clock: wrap('clock', workspace.clock),
    accounts: new Map([...workspace.accounts].map(([name, account]) => [name, wrap('cloud', account)])),
  };
}

/** Each run begins by hanging its bell, and goes on in its own context. */
function enteringRuns(bells: Bells): Bells {
  return new Proxy(bells, {
    get(target, key) {
      const method: unknown = Reflect.get(target, key);
      if (typeof method !== 'function') return method;
      return (...args: readonly unknown[]) => {
        if (key === 'hang') runOf.enterWith(String(args[0]));
        return Reflect.apply(method, target, args);
      };
    },
  });
}

function requestIn(args: readonly unknown[]): string | undefined {
  for (const arg of args) {
    const id = typeof arg === 'object' && arg !== null && 'id' in arg ? arg.id : arg;
    // Also in the key of a slot, which begins with it.
    const [found] = typeof id === 'string' ? (/^req_[0-9A-Z]{26}/.exec(id) ?? []) : [];
    if (found !== undefined) return found;
  }
  return undefined;
}
