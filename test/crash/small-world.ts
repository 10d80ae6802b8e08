/** Everything around one request but its store, answering at once: a cloud that ignores ClientTokens, a Slack that forgets nothing. */
import { Bells } from '../../src/application/bells.ts';
import { inForce } from '../../src/application/policy-version.ts';
import type { SendResult } from '../../src/application/ports/announcer.ts';
import type { Requests } from '../../src/application/ports/requests.ts';
import type { Workspace } from '../../src/application/workspace.ts';
import type { ListedEndpoint } from '../../src/domain/cloud.ts';
import { ASKED, RULE, T0 } from '../support/samples.ts';

interface Send {
  /** Of the claim under which it was made. */
  readonly claimedAt: number;
  readonly wall: number;
}

/** Of all worlds: a commit whose id was seen before is taken for a repetition. */
let serial = 0;

export class SmallWorld {
  now = T0;
  readonly creates: Send[] = [];
  readonly endpoints: ListedEndpoint[] = [];
  /** By key; the people who had an answer as `answer to UALICE`. */
  readonly said: string[] = [];
  readonly errors: string[] = [];

  /** As one process sees it. */
  workspace(requests: Requests): Workspace {
    const ok = <T>(value: T) => Promise.resolve({ ok: true, value } as const);
    const { instanceId, serviceId, zoneId, account } = ASKED.operation;
    const moment = () => ({ now: this.now, wall: this.now });
    const cloud = {
      describeInstance: () => ok({ id: instanceId, description: '', status: 'active' }),
      describeEndpointService: () =>
        ok({ id: serviceId, name: 'alerts', description: '', status: 'Active', zones: [zoneId] }),
      listEndpoints: () => ok([...this.endpoints]),
      dryRunCreateEndpoint: () => ok(undefined),
      createEndpoint: (_spec: unknown, _token: string, claimedAt: number) => {
        this.creates.push({ claimedAt, wall: this.now });
        const id = `ep-${this.creates.length}`;
        this.endpoints.push({ id, serviceId, zoneId, domain: `${id}.test`, connectionStatus: 'Connected' });
        return ok({ id, domain: `${id}.test` });
      },
    };
    const sent = (key: string): SendResult => ({ kind: 'sent', channel: 'C1', ts: key });
    const ports = {
      policy: { current: () => inForce({ rules: [RULE] }) },
      channels: { approvals: 'CAPPROVALS' },
      settings: new Map([[account, { settleMs: 1_000, createSpacingMs: 0, acceptConnections: false }]]),
      accounts: new Map([[account, cloud]]),
      requests,
      bells: new Bells(),
      giveWay: () => Promise.resolve(),
      clock: { read: () => Promise.resolve(moment()), recent: () => Promise.resolve(moment()) },
      directory: {
        identify: () => Promise.resolve({ standing: 'member', groups: [], unreadable: [] }),
        roster: () => Promise.resolve({ people: [], groups: [] }),
      },
      announcer: {
        render: () => ({ hash: 'h', plain: false, payload: undefined }),
        send: ({ key, about, to }: Parameters<Workspace['announcer']['send']>[0]) => {
          this.said.push(about.kind === 'answer' && to.kind === 'ephemeral' ? `answer to ${to.user}` : key);
          return Promise.resolve(sent(key));
        },
        update: () => Promise.resolve({ kind: 'updated' }),
        find: ({ key }: { readonly key: string }) =>
          Promise.resolve(this.said.includes(key) ? { kind: 'found', channel: 'C1', ts: key } : { kind: 'absent' }),
        permalink: () => Promise.resolve('https://acme.slack.com/archives/C/p1'),
        canPost: () => Promise.resolve(true),
      },
      slots: {
        reserve: () => Promise.resolve({ kind: 'slot', at: this.now }),
        begin: () => Promise.resolve({ kind: 'begin', afterMs: 0 }),
        begun: () => Promise.resolve(),
        leave: () => Promise.resolve(),
        endTurn: () => Promise.resolve(),
      },
      log: {
        info() {},
        warn() {},
        // Nothing fails here: what does is a mistake of this world.
        error: (fields: Readonly<Record<string, unknown>>, message: string) => {
          this.errors.push(`${message}: ${String(fields.error)}`);
        },
      },
      random: () => 0.5,
      newId: () => {
        serial += 1;
        return `id-${String(serial).padStart(8, '0')}`;
      },
      // Time passes while somebody waits for it, and not otherwise.
      pause: (ms: number) => {
        this.now += ms;
        return new Promise<void>((resolve) => setImmediate(resolve));
      },
    };
    return ports as unknown as Workspace;
  }
}
