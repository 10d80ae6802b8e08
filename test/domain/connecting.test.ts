/** After the create: the connection is watched until it is up, and accepted where its service leaves that to somebody. */
import { describe, expect, it } from 'vitest';
import type { SeenConnection } from '../../src/domain/commands.ts';
import type { Context } from '../../src/domain/decision.ts';
import { LADDER } from '../../src/domain/decision.ts';
import type { RequestEvent } from '../../src/domain/events.ts';
import { ALICE, answered, person, REQUESTER, RULE, RUN, SUCCEEDED, T0, TIMEOUT } from '../support/samples.ts';
import { given, type Scenario } from '../support/scenario.ts';

const SECOND = 1_000;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const seen = (of: SeenConnection | undefined, looks = 0) =>
  ({ kind: 'connection-seen', looks, ...(of === undefined ? {} : { seen: of }) }) as const;
const WAITS = { status: 'Disconnected', domain: 'd', autoAccept: false } as const;
const ACCEPTS: Partial<Context> = { acceptConnections: true };

const looked = (over: object = {}) => ({ type: 'connection-looked', nextLookAt: expect.any(Number), ...over });
const unaccepted = (over: object = {}): RequestEvent =>
  ({ type: 'connection-unaccepted', status: 'Disconnected', byBot: false, nextLookAt: T0 + SECOND, ...over }) as const;
const ordered: RequestEvent = { type: 'acceptance-ordered' };
const claimOf = (holder = RUN, ms = 0): RequestEvent => ({
  type: 'acceptance-claimed',
  claim: { holder, since: T0 + ms, until: T0 + ms + LADDER.claimMs },
});
const made = (...more: readonly (RequestEvent | number)[]) => given(...SUCCEEDED, ...more);
const connectionOf = (scenario: Scenario) => scenario.as('succeeded').connection;
/** Of a connection, without the waits. */
const due = (scenario: Scenario, holder = RUN) =>
  scenario.steps(holder).flatMap(({ kind, key, at }) => (kind === 'wait' ? [] : [`${key} in ${at - T0}`]));

describe('a made endpoint', () => {
  it('is looked at at once', () => {
    expect(due(made())).toEqual(['watch-connection:0 in 0']);
    expect(connectionOf(made())).toMatchObject({ phase: 'connecting', looks: 0 });
  });

  it('that is connected is looked at no more', () => {
    const up = made()
      .when(seen({ status: 'Connected', domain: 'd' }))
      .brings({ type: 'connected', awaited: false });
    expect(due(up)).toEqual([]);
    expect(connectionOf(up)).toEqual({
      phase: 'connected',
      status: 'Connected',
      since: T0,
      looks: 1,
      told: false,
      orders: 0,
    });
  });

  it.each<[string, SeenConnection | undefined]>([
    ['is connecting', { status: 'Connecting', domain: 'd' }],
    ['has a status that is newer than this code', { status: 'Negotiating', domain: 'd' }],
    ['is not listed yet', {}],
    ['can not be read', undefined],
    ['waits at a service that accepts by itself', { ...WAITS, autoAccept: true }],
  ])('that %s is looked at again, ever more seldom', (_what, what) => {
    let scenario = made();
    const pauses: number[] = [];
    for (let looks = 0; looks < 8; looks += 1) {
      const before = connectionOf(scenario).nextLookAt ?? 0;
      scenario = new Later(scenario, before).when(what, looks);
      pauses.push((connectionOf(scenario).nextLookAt ?? 0) - before);
      expect(connectionOf(scenario).phase).toBe('connecting');
    }
    expect(pauses).toEqual([1, 2, 4, 8, 15, 15, 15, 15].map((seconds) => seconds * SECOND));
  });

  it('has its domain told once the cloud shows it', () => {
    const nameless = given(...SUCCEEDED.slice(0, -1), {
      type: 'succeeded',
      endpoint: { id: 'ep-new', domain: '' },
      how: 'answered',
    });
    const named = nameless
      .when(seen({ status: 'Connecting', domain: 'ep.example' }))
      .brings({ type: 'domain-known', domain: 'ep.example' }, looked({ status: 'Connecting' }));
    expect(named.as('succeeded').endpoint.domain).toBe('ep.example');
    expect(
      nameless
        .when(seen({ status: 'Connecting', domain: '' }))
        .goes()
        .as('succeeded').endpoint.domain,
    ).toBe('');
  });

  it.each(['Deleting', 'ServiceDeleted'])('whose connection is %s is told once and let go', (status) => {
    const ended = made()
      .when(seen({ status, domain: 'd' }))
      .brings({ type: 'connection-ended', status });
    expect(due(ended)).toEqual([]);
  });

  it('drops a look that is not the one it waits for', () => {
    made()
      .when(seen({ status: 'Connected' }, 1))
      .bringsNothing();
    const up = made({ type: 'connected', awaited: false });
    up.when(seen({ status: 'Deleting' }, 1)).bringsNothing();
  });
});

describe('a connection that stays down', () => {
  const down: RequestEvent = { type: 'connection-down', status: 'Connecting', nextLookAt: T0 + 10 * MINUTE };

  it('is told after ten minutes, once', () => {
    made(10 * MINUTE - 1)
      .when(seen({ status: 'Connecting', domain: 'd' }))
      .brings(looked({ status: 'Connecting' }));
    const told = made(10 * MINUTE)
      .when(seen({ status: 'Connecting', domain: 'd' }))
      .brings({ ...down, nextLookAt: expect.any(Number) });
    told
      .later(MINUTE)
      .when(seen({ status: 'Connecting', domain: 'd' }, 1))
      .brings(looked({ status: 'Connecting' }));
  });

  it('is not told where the cloud shows no status at all', () => {
    made(DAY)
      .when(seen({ domain: 'd' }))
      .brings(looked());
    made(DAY)
      .when(seen({}))
      .brings({ type: 'connection-down', nextLookAt: expect.any(Number) });
  });

  it('is not told while the cloud can’t be asked', () => {
    made(DAY).when(seen(undefined)).brings(looked());
  });

  it('is told as up when it comes up after all', () => {
    made(10 * MINUTE, down)
      .when(seen({ status: 'Connected', domain: 'd' }, 1))
      .brings({ type: 'connected', awaited: true });
  });

  it('is told as awaited when it took long, though nobody was told', () => {
    made(2 * MINUTE)
      .when(seen({ status: 'Connected', domain: 'd' }))
      .brings({ type: 'connected', awaited: true });
  });

  it('is looked at every few minutes on the first day, then every half hour, and let go after a week', () => {
    const pauseAfter = (ms: number) => {
      const { nextLookAt } = connectionOf(
        made(ms, ...Array.from({ length: 20 }, () => ({ ...looked(), nextLookAt: 0 }) as RequestEvent), down)
          .when(seen({ status: 'Connecting', domain: 'd' }, 21))
          .goes(),
      );
      return ((nextLookAt ?? 0) - T0 - ms) / MINUTE;
    };
    expect(pauseAfter(11 * MINUTE)).toBe(2.5);
    expect(pauseAfter(2 * DAY)).toBe(15);
    const over = made(7 * DAY, down)
      .when(seen({ status: 'Connecting' }, 1))
      .brings({ type: 'connection-unwatched' });
    expect(due(over)).toEqual([]);
  });
});

describe('a service that does not accept by itself', () => {
  it.each(['Disconnected', 'Pending'])('leaves a connection that is %s to its owner, who is told once', (status) => {
    const told = made()
      .when(seen({ ...WAITS, status }))
      .brings({ ...unaccepted({ status }), nextLookAt: expect.any(Number) });
    told.when(seen({ ...WAITS, status }, 1)).brings(looked({ status }));
    expect(connectionOf(told)).toMatchObject({ phase: 'unaccepted' });
  });

  it('that can’t be asked has a minute before its owner is told', () => {
    const { autoAccept: _unknown, ...doubtful } = WAITS;
    made(MINUTE - 1)
      .when(seen(doubtful))
      .brings(looked({ status: 'Disconnected' }));
    made(MINUTE)
      .when(seen(doubtful))
      .brings({ ...unaccepted(), nextLookAt: expect.any(Number) });
  });

  it('is taken at its word where the cloud shows no status: the owner is told, or the bot accepts, once', () => {
    const unseen = { domain: 'd', autoAccept: false };
    const told = made()
      .when(seen(unseen))
      .brings({ type: 'connection-unaccepted', byBot: false, nextLookAt: expect.any(Number) });
    told.when(seen(unseen, 1)).brings(looked());
    const accepted = made()
      .when(seen(unseen), ACCEPTS)
      .brings({ type: 'connection-unaccepted', byBot: true, nextLookAt: expect.any(Number) }, ordered)
      .happened(claimOf(), { type: 'connection-accepted' });
    accepted.later(DAY).when(seen(unseen, 1), ACCEPTS).brings(looked());
    made()
      .when(seen({ domain: 'd' }))
      .brings(looked());
    made()
      .when(seen({ domain: 'd', autoAccept: true }))
      .brings(looked());
  });

  it('has it accepted by the bot where the account’s settings say so', () => {
    const wanted = made()
      .when(seen(WAITS), ACCEPTS)
      .brings({ ...unaccepted({ byBot: true }), nextLookAt: expect.any(Number) }, ordered);
    expect(connectionOf(wanted)).toMatchObject({ acceptance: { state: 'wanted', tries: 0 }, orders: 1 });
  });

  it('has it accepted as soon as the settings say so', () => {
    made(unaccepted())
      .when(seen(WAITS, 1), ACCEPTS)
      .brings(looked({ status: 'Disconnected' }), ordered);
  });

  it('whose owner accepts it goes on as if nothing had been', () => {
    const moving = made(unaccepted(), 20 * MINUTE)
      .when(seen({ status: 'Connecting', domain: 'd' }, 1))
      .goes();
    expect(connectionOf(moving)).toMatchObject({ phase: 'connecting', since: T0 + 20 * MINUTE });
    moving.when(seen({ status: 'Connected', domain: 'd' }, 2)).brings({ type: 'connected', awaited: true });
  });
});

describe('an acceptance', () => {
  const wanted = made(unaccepted({ byBot: true }), ordered);
  const claimed = made(unaccepted({ byBot: true }), ordered, claimOf());
  const answer = (result: object | 'not-our-turn', tries = 0) =>
    ({ kind: 'acceptance-answered', tries, answer: result }) as never;

  it('is claimed before it is sent, and sent by the holder of the claim alone', () => {
    const holding = wanted.when({ kind: 'tick' }).brings(claimOf());
    expect(due(holding)).toContain(`accept-connection:0:${T0} in 0`);
    expect(due(holding, 'run-2')).not.toContain(`accept-connection:0:${T0} in 0`);
    holding.when({ kind: 'tick' }).bringsNothing();
  });

  it('is not sent for a connection that has moved on', () => {
    wanted
      .happened({ type: 'connection-looked', status: 'Connecting', nextLookAt: T0 })
      .when({ kind: 'tick' })
      .bringsNothing();
  });

  it('that was taken is followed by a look at once, and counts its time anew', () => {
    const accepted = claimed
      .later(5 * MINUTE)
      .when(answer({ ok: true, requestId: 'R-1' }))
      .brings({ type: 'connection-accepted', requestId: 'R-1' });
    expect(connectionOf(accepted)).toMatchObject({
      phase: 'connecting',
      since: T0 + 5 * MINUTE,
      acceptance: { state: 'accepted', at: T0 + 5 * MINUTE },
    });
    expect(due(accepted)).toEqual([`watch-connection:1 in ${5 * MINUTE}`]);
    accepted.when(seen(WAITS, 1), ACCEPTS).brings(looked({ status: 'Disconnected' }));
    accepted
      .later(MINUTE)
      .when(seen({ ...WAITS, status: 'Connecting' }, 1))
      .brings(looked({ status: 'Connecting' }));
  });

  it('that shows no effect is ordered anew, with another ClientToken, a few times', () => {
    let scenario = made();
    for (let order = 1; order <= 4; order += 1) {
      const looks = connectionOf(scenario).looks;
      scenario = scenario
        .later(2 * MINUTE)
        .when(seen(WAITS, looks), ACCEPTS)
        .brings({ ...unaccepted({ byBot: true }), nextLookAt: expect.any(Number) }, ordered)
        .happened(claimOf(), { type: 'connection-accepted' });
      expect(connectionOf(scenario)).toMatchObject({ phase: 'connecting', orders: order });
    }
    const { looks } = connectionOf(scenario);
    scenario
      .later(10 * MINUTE)
      .when(seen(WAITS, looks), ACCEPTS)
      .brings({ type: 'connection-down', status: 'Disconnected', nextLookAt: expect.any(Number) });
  });

  it('waits for its turn without counting that as an attempt', () => {
    const waiting = claimed
      .when(answer('not-our-turn'))
      .brings({ type: 'acceptance-postponed', retryAt: T0 + 2 * SECOND, lookFirst: false });
    expect(connectionOf(waiting).acceptance).toMatchObject({ state: 'wanted', tries: 0, notBefore: T0 + 2 * SECOND });
    waiting.when({ kind: 'tick' }).bringsNothing();
    waiting
      .later(2 * SECOND)
      .when({ kind: 'tick' })
      .brings(claimOf(RUN, 2 * SECOND));
  });

  it.each([
    ['ConcurrentCallNotSupported', 5],
    ['EndpointConnectionNotFound', 5],
    ['EndpointConnectionOperationDenied', 10],
    ['IncorrectStatus.VpcEndpointConnection', 10],
  ])('that the cloud puts off (%s) is sent again after %i s', (code, seconds) => {
    const problem = answered(code);
    claimed
      .when(answer({ ok: false, problem }))
      .brings({ type: 'acceptance-postponed', retryAt: T0 + seconds * SECOND, lookFirst: true, problem });
  });

  it('whose answer is unclear is looked at before it is sent again, with the same ClientToken', () => {
    const unclear = claimed
      .when(answer({ ok: false, problem: TIMEOUT }))
      .brings({ type: 'acceptance-postponed', retryAt: expect.any(Number), lookFirst: true, problem: TIMEOUT })
      .later(MINUTE);
    unclear.when({ kind: 'tick' }).bringsNothing();
    expect(due(unclear)).toEqual(['watch-connection:1 in 0']);
    const lookedAt = unclear.when(seen(WAITS, 1), ACCEPTS).brings(looked({ status: 'Disconnected' }));
    lookedAt.when({ kind: 'tick' }).brings(claimOf(RUN, MINUTE));
    expect(connectionOf(lookedAt).orders).toBe(1);
  });

  it('whose holder is gone is looked at and sent again once the claim’s window is over', () => {
    const orphan = made(unaccepted({ byBot: true }), ordered, claimOf('run-dead'));
    orphan.later(LADDER.claimMs).when({ kind: 'tick' }).bringsNothing();
    const free = orphan
      .later(LADDER.claimMs + LADDER.marginMs)
      .when({ kind: 'tick' })
      .brings({
        type: 'acceptance-postponed',
        retryAt: T0 + LADDER.claimMs + LADDER.marginMs,
        lookFirst: true,
        problem: { kind: 'unclear', code: 'NoAnswer' },
      });
    expect(due(free)).toEqual([`watch-connection:1 in ${LADDER.claimMs + LADDER.marginMs}`]);
  });

  it('that is refused for good, or too often, is left to a person', () => {
    const problem = answered('NoPermission', 403);
    const refused = claimed.when(answer({ ok: false, problem })).brings({ type: 'acceptance-refused', problem });
    refused.when(seen(WAITS, 1), ACCEPTS).brings(looked({ status: 'Disconnected' }));
    refused.when({ kind: 'tick' }).bringsNothing();

    let weary = wanted;
    for (let tries = 0; tries < 12; tries += 1) {
      const retryAt = T0 + tries;
      weary = weary.happened(claimOf(), {
        type: 'acceptance-postponed',
        retryAt,
        lookFirst: false,
        problem: answered('Throttling'),
      });
    }
    weary
      .happened(claimOf())
      .when(answer({ ok: false, problem: answered('Throttling') }, 12))
      .brings({ type: 'acceptance-refused', problem: answered('Throttling') });
  });

  it('drops an answer that is not to its own attempt', () => {
    claimed.when(answer({ ok: true }, 1)).bringsNothing();
    wanted.when(answer({ ok: true })).bringsNothing();
  });
});

describe('a person who has the bot accept a connection', () => {
  const accept = (by: string, revision = 1) => ({ kind: 'accept-connection', by, revision }) as const;
  const open = made(unaccepted());

  it('may do so when they could have approved the request', () => {
    const ordering = open.when(accept(ALICE)).brings({ type: 'acceptance-ordered', by: ALICE });
    expect(connectionOf(ordering).acceptance).toMatchObject({ state: 'wanted', by: ALICE });
    const accepted = ordering.happened(claimOf(), { type: 'connection-accepted' });
    expect(connectionOf(accepted).acceptance).toMatchObject({ state: 'accepted', by: ALICE });
  });

  it('may not when they asked for it, are nobody of the rule, or clicked an old card', () => {
    open.when(accept(REQUESTER)).refuses({ kind: 'requester-may-not-approve', rule: RULE.name });
    open.when(accept('UEVE')).refuses({ kind: 'not-an-approver', rule: RULE.name });
    open.when(accept(ALICE, 2)).refuses({ kind: 'old-revision', current: 1 });
    open.when(accept(ALICE), { person: person({ standing: 'guest' }) }).refuses({
      kind: 'standing',
      standing: 'guest',
    });
  });

  it('is told when there is nothing to accept', () => {
    made().when(accept(ALICE)).refuses({ kind: 'nothing-to-accept', phase: 'connecting' });
    open.happened(ordered).when(accept(ALICE)).refuses({ kind: 'nothing-to-accept', phase: 'unaccepted' });
    given(...SUCCEEDED.slice(0, -1))
      .when(accept(ALICE))
      .refuses({ kind: 'not-possible-now', status: 'executing' });
  });

  it('may try again after a refusal, with another ClientToken', () => {
    const again = open
      .happened(ordered, claimOf(), { type: 'acceptance-refused', problem: answered('NoPermission', 403) })
      .when(accept(ALICE))
      .goes();
    expect(connectionOf(again)).toMatchObject({ acceptance: { state: 'wanted', by: ALICE, tries: 0 }, orders: 2 });
  });
});

/** A scenario moved to a moment, for looks that follow each other. */
class Later {
  private readonly scenario: Scenario;

  constructor(scenario: Scenario, at: number) {
    this.scenario = scenario.later(at - T0 - scenario.elapsed);
  }

  when(what: SeenConnection | undefined, looks: number): Scenario {
    return this.scenario.when(seen(what, looks)).goes();
  }
}
