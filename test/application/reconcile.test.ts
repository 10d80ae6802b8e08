/** A run of the reconciler over stand-in ports: what the pure parts can't show is how it waits, commits and gives up. */
import { afterEach, expect, it, vi } from 'vitest';
import { Bells } from '../../src/application/bells.ts';
import { INBOX_FRONT, type InboxEntry } from '../../src/application/inbox.ts';
import { inForce } from '../../src/application/policy-version.ts';
import {
  type Commit,
  type CommitResult,
  type Loaded,
  UnconfirmedWrite,
  UnreadableRequest,
} from '../../src/application/ports/requests.ts';
import { reconcile } from '../../src/application/reconcile.ts';
import type { RequestRecord } from '../../src/application/record.ts';
import type { Workspace } from '../../src/application/workspace.ts';
import type { Locale } from '../../src/domain/locale.ts';
import { ALICE, ASKED, ID, REQUESTER, RULE, T0 } from '../support/samples.ts';

/** So many turns of the event loop. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

const MOMENT = { now: T0, wall: T0 };
const SUBMIT: InboxEntry = {
  commandId: 'submit',
  at: T0,
  command: { kind: 'submit', id: ID, by: REQUESTER, asked: { ...ASKED, mode: 'precheck' } },
};
const SUBMIT_TO_CREATE: InboxEntry = {
  ...SUBMIT,
  command: { kind: 'submit', id: ID, by: REQUESTER, asked: { ...ASKED, mode: 'create' } },
};
const APPROVE: InboxEntry = { commandId: 'approve', at: T0, command: { kind: 'approve', by: ALICE, revision: 1 } };

/** A store of one request in memory, with the real one's rules, and gates that a test can put before its answers. */
class OneRequest {
  version = 0;
  record: RequestRecord | undefined;
  inbox: InboxEntry[] = [SUBMIT];
  due: number | undefined;
  commits = 0;
  loads = 0;
  beforeLoad: () => Promise<void> = () => Promise.resolve();
  beforeCommit: () => Promise<CommitResult | undefined> = () => Promise.resolve(undefined);

  async load(): Promise<Loaded> {
    this.loads += 1;
    await this.beforeLoad();
    return { version: this.version, record: this.record, inbox: [...this.inbox] };
  }

  peek() {
    return Promise.resolve({ version: this.version, waiting: this.inbox.length });
  }

  holders(): Promise<ReadonlyMap<string, string>> {
    return Promise.resolve(new Map());
  }

  async commit(change: Commit): Promise<CommitResult> {
    const instead = await this.beforeCommit();
    if (instead !== undefined) return instead;
    if (change.expectedVersion !== this.version) return { kind: 'stale' };
    if (change.record !== undefined || change.inboxTaken > 0) this.version += 1;
    if (change.record !== undefined) this.record = change.record;
    this.inbox = this.inbox.slice(change.inboxTaken);
    this.due = change.due;
    this.commits += 1;
    return { kind: 'committed', version: this.version };
  }
}

function workspace(store: OneRequest) {
  const asked: string[] = [];
  const left: string[] = [];
  const ok = <T>(what: string, value: T) => {
    return () => {
      asked.push(what);
      return Promise.resolve({ ok: true as const, value });
    };
  };
  const { instanceId, serviceId, zoneId, account } = ASKED.operation;
  const service = { id: serviceId, name: 'alerts', description: '', status: 'Active', zones: [zoneId] };
  const cloud = {
    describeInstance: ok('DescribeInstance', { id: instanceId, description: '', status: 'active' }),
    describeEndpointService: ok('GetVpcEndpointServiceAttribute', service),
    listEndpoints: ok('ListVpcEndpoints', []),
    dryRunCreateEndpoint: ok('dry run', undefined),
    createEndpoint: ok('create', { id: 'ep-1', domain: 'ep-1.example' }),
  };
  const ports = {
    policy: { current: () => inForce({ rules: [RULE] }) },
    channels: { approvals: 'CAPPROVALS' },
    settings: new Map(),
    accounts: new Map([[account, cloud]]),
    requests: store,
    clock: { read: () => Promise.resolve(MOMENT), recent: () => Promise.resolve(MOMENT) },
    directory: {
      identify: () => Promise.resolve({ standing: 'member', groups: [], unreadable: [] }),
      glance: () => Promise.resolve({ standing: 'member', groups: [], unreadable: [] }),
      roster: () => Promise.resolve({ people: [], groups: [] }),
    },
    announcer: {
      render: () => ({ hash: 'h', payload: undefined }),
      send: () => Promise.resolve({ kind: 'sent', channel: 'D1', ts: '1.0' }),
      update: () => Promise.resolve({ kind: 'updated' }),
      permalink: () => Promise.resolve('https://acme.slack.com/archives/C/p1'),
      canPost: () => Promise.resolve(true),
    },
    slots: {
      reserve: () => turns(5).then(() => ({ kind: 'slot', at: T0 })),
      begin: () => Promise.resolve({ kind: 'begin', afterMs: 0 }),
      begun: () => Promise.resolve(),
      leave: (_account: string, request: string) => {
        left.push(request);
        return Promise.resolve();
      },
    },
    bells: new Bells(),
    giveWay: () => Promise.resolve(),
    log: { info() {}, warn() {}, error() {} },
    random: () => 0.5,
    newId: (() => {
      let serial = 0;
      return () => {
        serial += 1;
        return `id-${serial}`;
      };
    })(),
    pause: () => new Promise<void>((resolve) => setImmediate(resolve)),
  };
  return { ports: ports as unknown as Workspace, asked, left, cloud };
}

const never = new AbortController().signal;

it('ends with nothing in the inbox and nothing due', async () => {
  const store = new OneRequest();
  await reconcile(ID, workspace(store).ports, never);
  expect(store.record?.request.status).toBe('checked');
  expect(store.inbox).toEqual([]);
  expect(store.due).toBeUndefined();
});

it('keeps which language each person reads who had a hand in it, the latest that Slack told', async () => {
  const store = new OneRequest();
  const { ports } = workspace(store);
  const told: Record<string, Locale[]> = { [REQUESTER]: ['en', 'zh-CN'], [ALICE]: ['en'] };
  const speaking: Workspace = {
    ...ports,
    directory: {
      identify: (user) => {
        const locale = told[user]?.shift();
        return Promise.resolve({ standing: 'member', groups: [], unreadable: [], ...(locale ? { locale } : {}) });
      },
      glance: () => Promise.resolve({ standing: 'member', groups: [], unreadable: [] }),
      roster: () => Promise.resolve({ people: [], groups: [] }),
    },
  };
  await reconcile(ID, speaking, never);
  expect(store.record?.locales).toEqual({ [REQUESTER]: 'en' });
  const late = { kind: 'cancel', by: REQUESTER, revision: 1 } as const;
  store.inbox = [APPROVE, { commandId: 'late', at: T0, command: late }];
  await reconcile(ID, speaking, never);
  expect(store.record?.locales).toEqual({ [REQUESTER]: 'zh-CN', [ALICE]: 'en' });
  store.inbox = [{ commandId: 'later', at: T0, command: late }];
  await reconcile(ID, speaking, never);
  expect(store.record?.locales).toEqual({ [REQUESTER]: 'zh-CN', [ALICE]: 'en' });
});

it('waits for the user groups that decide which rule a request falls under, and for no others', async () => {
  const groups = (of: string) => ({ ...RULE, name: of, match: { requester: { users: [], groups: [of] } } });
  const under = async (rules: readonly (typeof RULE)[], ...readable: readonly boolean[]) => {
    const store = new OneRequest();
    const { ports } = workspace(store);
    const answers = [...readable];
    const asking: Workspace = {
      ...ports,
      policy: { current: () => inForce({ rules }) },
      directory: {
        ...ports.directory,
        identify: (_user, asked) =>
          Promise.resolve(
            answers.shift() === true
              ? { standing: 'member', groups: asked, unreadable: [] }
              : { standing: 'member', groups: [], unreadable: asked },
          ),
      },
    };
    // Each run is one try; the next one comes with the due index.
    for (const _try of readable) await reconcile(ID, asking, never);
    const request = store.record?.request;
    return request !== undefined && 'rule' in request ? request.rule.name : request?.status;
  };
  expect(await under([groups('SOPS'), RULE], false, true)).toBe('SOPS');
  expect(await under([RULE, groups('SOPS')], false)).toBe(RULE.name);
});

it('keeps what other effects bring while a round is being committed', async () => {
  const store = new OneRequest();
  store.inbox = [SUBMIT_TO_CREATE];
  let clicked = false;
  const { ports, asked } = workspace(store);
  // After the approval, slot and second precheck are in flight together; the slower one ends while what the other
  // brought is being committed.
  store.beforeCommit = async () => {
    await turns(20);
    if (store.record?.request.status === 'pending' && !clicked) {
      clicked = true;
      store.inbox.push(APPROVE);
      ports.bells.ring(ID);
    }
    return undefined;
  };
  await reconcile(ID, ports, never);
  expect(store.record?.request.status).toBe('succeeded');
  expect(asked.filter((what) => what === 'dry run')).toHaveLength(2);
  expect(asked.filter((what) => what === 'create')).toHaveLength(1);
});

it('keeps an outcome through refused commits and through a Redis that is away', async () => {
  const store = new OneRequest();
  const { ports, asked } = workspace(store);
  let calls = 0;
  store.beforeCommit = () => {
    // What is checked has to be stored first.
    if (store.record === undefined) return Promise.resolve(undefined);
    calls += 1;
    if (calls % 3 === 1) return Promise.resolve({ kind: 'stale' });
    if (calls % 3 === 2) return Promise.reject(new Error('Redis is away'));
    return Promise.resolve(undefined);
  };
  await reconcile(ID, ports, never).catch(() => reconcile(ID, ports, never));
  for (let runs = 0; store.record?.request.status !== 'checked' && runs < 20; runs += 1) {
    await reconcile(ID, ports, never).catch(() => {});
  }
  expect(store.record?.request.status).toBe('checked');
  expect(asked.filter((what) => what === 'dry run')).toHaveLength(1);
});

it('starts nothing once it is told to stop, and leaves the request due', async () => {
  const store = new OneRequest();
  const stopped = new AbortController();
  stopped.abort();
  const { ports, asked } = workspace(store);
  await reconcile(ID, ports, stopped.signal);
  expect(asked).toEqual([]);
  expect(store.inbox).toHaveLength(1);
  expect(store.due).toBe(T0);
});

/** Real time goes on only while a run pauses. */
function pausing(ports: Workspace): { readonly ports: Workspace; readonly passedMs: () => number } {
  let passed = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => passed);
  const pause = async (ms: number) => {
    passed += ms;
    await turns(1);
  };
  return { ports: { ...ports, pause }, passedMs: () => passed };
}
afterEach(() => vi.restoreAllMocks());

it('waits for a Redis that is away for a moment, with nothing in hand, rather than for the next sweep', async () => {
  const store = new OneRequest();
  const { ports, passedMs } = pausing(workspace(store).ports);
  const away = () => passedMs() < 5_000;
  store.beforeLoad = () => (away() ? Promise.reject(new UnconfirmedWrite('no replica')) : Promise.resolve());
  await reconcile(ID, ports, never);
  expect(store.record?.request.status).toBe('checked');
});

it('gives up, and says so, when Redis is away for longer and nothing would be lost', async () => {
  const store = new OneRequest();
  const { ports, passedMs } = pausing(workspace(store).ports);
  store.beforeLoad = () => Promise.reject(new Error('Redis is away'));
  await expect(reconcile(ID, ports, never)).rejects.toThrow('Redis is away');
  expect(passedMs()).toBeGreaterThan(10_000);
});

it('gives up at once when it is told to stop, or when what is stored can’t be read', async () => {
  const store = new OneRequest();
  const { ports, passedMs } = pausing(workspace(store).ports);
  store.beforeLoad = () => Promise.reject(new Error('Redis is away'));
  const stopped = new AbortController();
  stopped.abort();
  await expect(reconcile(ID, ports, stopped.signal)).rejects.toThrow('Redis is away');
  store.beforeLoad = () => Promise.reject(new UnreadableRequest('version: not a number'));
  await expect(reconcile(ID, ports, never)).rejects.toThrow('not a number');
  expect(passedMs()).toBe(0);
});

it('reads a record once, and again only when somebody else has written', async () => {
  const store = new OneRequest();
  store.inbox = [SUBMIT_TO_CREATE];
  const { ports, asked } = workspace(store);
  await reconcile(ID, pausing(ports).ports, never);
  expect(store.record?.request.status).toBe('pending');
  expect(store.commits).toBeGreaterThan(3);
  expect(store.loads).toBe(1);

  store.loads = 0;
  store.inbox = [APPROVE];
  let others = 1;
  store.beforeCommit = () => {
    if (store.record?.request.status === 'approved' && others > 0) {
      store.version += 1;
      others -= 1;
    }
    return Promise.resolve(undefined);
  };
  await reconcile(ID, pausing(ports).ports, never);
  expect(store.record?.request.status).toBe('succeeded');
  expect(asked.filter((what) => what === 'create')).toHaveLength(1);
  expect(store.loads).toBe(2);
});

it('gives the place up that a request will not use, and no other', async () => {
  const store = new OneRequest();
  store.inbox = [SUBMIT_TO_CREATE];
  const { ports, left, cloud } = workspace(store);
  await reconcile(ID, ports, never);
  expect(store.record?.request.status).toBe('pending');
  const describe = cloud.describeInstance;
  cloud.describeInstance = ((instance: string) => {
    const value = { id: instance, description: '', status: 'frozen' };
    return Promise.resolve({ ok: true, value });
  }) as unknown as typeof describe;
  store.inbox = [APPROVE];
  await reconcile(ID, ports, never);
  // Back to those who decide.
  expect(store.record?.request).toMatchObject({ status: 'pending', revision: 2 });
  expect(left).toEqual([ID]);

  const other = new OneRequest();
  other.inbox = [SUBMIT_TO_CREATE];
  const created = workspace(other);
  await reconcile(ID, created.ports, never);
  other.inbox = [APPROVE];
  await reconcile(ID, created.ports, never);
  expect(other.record?.request.status).toBe('succeeded');
  expect(created.left).toEqual([]);
});

it('decides a command in the round that finds it, where the directory remembers whose it is', async () => {
  const store = new OneRequest();
  const taken: number[] = [];
  const { ports } = workspace(store);
  const { commit } = store;
  store.commit = (change) => {
    taken.push(change.inboxTaken);
    return commit.call(store, change);
  };
  await reconcile(ID, ports, never);
  expect(taken[0]).toBe(1);
});

it('hears of a click in its own process at once', async () => {
  const store = new OneRequest();
  store.inbox = [SUBMIT_TO_CREATE];
  const { ports } = workspace(store);
  let clicked = false;
  const pause = async (ms: number) => {
    if (store.record?.request.status !== 'pending' || clicked) return ports.pause(ms);
    clicked = true;
    store.inbox.push(APPROVE);
    expect(ports.bells.ring(ID)).toBe(true);
    // Nothing but the bell ends this wait.
    return new Promise<void>(() => {});
  };
  await reconcile(ID, { ...ports, pause }, never);
  expect(store.record?.request.status).toBe('succeeded');
  expect(ports.bells.ring(ID)).toBe(false);
});

it('hears nothing any more from the commit on that ends it: the queue has to bring another run', async () => {
  const store = new OneRequest();
  const { ports } = workspace(store);
  const heard: boolean[] = [];
  store.beforeCommit = () => {
    heard.push(ports.bells.ring(ID));
    return Promise.resolve(undefined);
  };
  await reconcile(ID, ports, never);
  expect(heard.slice(0, -1)).not.toContain(false);
  expect(heard.at(-1)).toBe(false);
});

it('gives way to those who wait for an ack before it does anything', async () => {
  const store = new OneRequest();
  let open = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const running = reconcile(ID, { ...workspace(store).ports, giveWay: () => gate }, never);
  await turns(20);
  expect(store.loads).toBe(0);
  open();
  await running;
  expect(store.record?.request.status).toBe('checked');
});

it.each(['load', 'commit'] as const)(
  'hands on what it heard of when it gives up, whether it could not %s',
  async (call) => {
    const store = new OneRequest();
    const nudged: string[] = [];
    const { ports, passedMs } = pausing(workspace(store).ports);
    const wakeUps = {
      nudge(id: string) {
        nudged.push(id);
        return Promise.resolve();
      },
    };
    const away = () => Promise.reject(new Error('Redis is away'));
    if (call === 'load') store.beforeLoad = away;
    else store.beforeCommit = away;
    const pause = async (ms: number) => {
      if (passedMs() === 0) expect(ports.bells.ring(ID)).toBe(true);
      await ports.pause(ms);
    };
    await expect(reconcile(ID, { ...ports, pause, wakeUps }, never)).rejects.toThrow('Redis is away');
    expect(nudged).toEqual([ID]);
    await expect(reconcile(ID, { ...ports, wakeUps }, never)).rejects.toThrow('Redis is away');
    expect(nudged).toEqual([ID]);
  },
);

it('forgets what it committed when somebody else had written by the time it was answered', async () => {
  const store = new OneRequest();
  store.inbox = [SUBMIT_TO_CREATE];
  const { ports } = workspace(store);
  const { commit } = store;
  let others = 0;
  // The answer to the second sending of a commit: it took effect the first time, and another one after it.
  store.commit = async (change) => {
    const result = await commit.call(store, change);
    if (store.record?.request.status !== 'pending' || result.kind !== 'committed' || others > 0) return result;
    others += 1;
    store.version += 1;
    store.record = { ...store.record, locales: { [ALICE]: 'zh-CN' } };
    return { kind: 'committed', version: store.version };
  };
  await reconcile(ID, ports, never);
  expect(others).toBe(1);
  expect(store.loads).toBe(2);
  expect(store.record?.locales).toEqual({ [ALICE]: 'zh-CN' });
});

it('takes in what waits behind the front of the inbox before it ends', async () => {
  const store = new OneRequest();
  const late = { kind: 'cancel', by: REQUESTER, revision: 1 } as const;
  const clicks = Array.from({ length: 59 }, (_, n): InboxEntry => ({ commandId: `late-${n}`, at: T0, command: late }));
  store.inbox = [SUBMIT, ...clicks];
  const { load } = store;
  store.load = async () => {
    const loaded = await load.call(store);
    return { ...loaded, inbox: loaded.inbox.slice(0, INBOX_FRONT) };
  };
  await reconcile(ID, workspace(store).ports, never);
  expect(store.inbox).toEqual([]);
});
