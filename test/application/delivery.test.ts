/** How a message gets to Slack once, and stays up to date: what is due for it, and what each answer means. */
import { describe, expect, it } from 'vitest';
import {
  adoptCard,
  claimSend,
  deliverySteps,
  foldFind,
  foldSend,
  gatherThread,
  isAskedAbout,
  sweep,
  threadDue,
  wantCardAnew,
} from '../../src/application/delivery.ts';
import type { SendResult } from '../../src/application/ports/announcer.ts';
import type { About, Delivery, Destination, Outgoing, Plain, RequestRecord } from '../../src/application/record.ts';
import { claimUpdate, doubtCard, foldPermalink, foldUpdate } from '../../src/application/updates.ts';
import type { Request } from '../../src/domain/request.ts';
import {
  ALICE,
  ATTENTION,
  at,
  BOB,
  MINUTE,
  PENDING,
  precheckPassed,
  REQUESTER,
  RULE,
  SUCCEEDED,
  submitted,
  T0,
} from '../support/samples.ts';
import { given } from '../support/scenario.ts';

const CHANNEL: Destination = { kind: 'channel', channel: 'C1' };
const EPHEMERAL: Destination = { kind: 'ephemeral', user: 'UEVE', channel: 'C1' };
const told = { at: T0, event: precheckPassed };
const NOTICE: About = { kind: 'notice', told };
const ANSWER: About = { kind: 'answer', command: 'approve', refusal: { kind: 'only-requester' } };
const wanted = (failures = 0, notBefore = T0): Delivery => ({ state: 'wanted', notBefore, failures });
const claimed = (over: Partial<Extract<Delivery, { state: 'claimed' }>> = {}): Delivery => ({
  state: 'claimed',
  claim: { holder: 'run-1', since: T0, until: T0 + 10_000 },
  failures: 0,
  lookAt: T0,
  ...over,
});
const sent = (over: Partial<Extract<Delivery, { state: 'sent' }>> = {}): Delivery => ({
  state: 'sent',
  channel: 'C1',
  ts: '1.0',
  hash: 'now',
  permalink: 'https://slack/card',
  notBefore: 0,
  failures: 0,
  sureAt: T0,
  ...over,
});
const message = (
  delivery: Delivery,
  about: About = { kind: 'card' },
  to: Destination = CHANNEL,
  plain?: Plain,
): Outgoing => ({
  key: about.kind,
  about,
  to,
  ...(plain === undefined ? {} : { plain }),
  delivery,
});
/** Looks that differ only by whether the blocks are there. */
const render = (_outgoing: Outgoing, _record: RequestRecord, plain: boolean) => ({
  hash: plain ? 'text' : 'now',
  payload: {},
  plain,
});
const WITH_BLOCKS = { hash: 'now', plain: false, shows: 7 };
const AS_TEXT = { hash: 'text', plain: true, shows: 7 };
const record = (...outgoing: readonly Outgoing[]): RequestRecord => ({
  schema: 1,
  request: given(...PENDING).request,
  outgoing,
  untold: [],
  messages: outgoing.length,
  audit: { count: 0, head: '' },
});
const allSteps = (of: RequestRecord, ms = 0, holder = 'run-1') =>
  deliverySteps(of, at(ms), holder, render).map(({ kind, key, at: when }) => [kind, key, when - T0] as const);
/** Those of the near future: a card that is there is also made sure of in an hour. */
const steps = (of: RequestRecord, ms = 0, holder = 'run-1') =>
  allSteps(of, ms, holder).filter(([_kind, _key, when]) => when < ms + 45 * MINUTE);
const only = ({ outgoing: [first] }: RequestRecord) => ({ ...first?.delivery, plain: first?.plain, to: first?.to });

describe('what is due', () => {
  it('for a wanted message: to send it', () => {
    expect(steps(record(message(wanted(2, T0 + 50))))).toEqual([['send', `send:card:2:${T0 + 50}`, 50]]);
  });

  it('for a claimed one: to look for it, its holder once the window is over', () => {
    expect(steps(record(message(claimed())), 0, 'run-2')).toEqual([['find', `find:card:${T0}`, 0]]);
    expect(steps(record(message(claimed())), 0, 'run-1')).toEqual([['find', `find:card:${T0}`, 10_000]]);
  });

  it('for a card or a result that looks otherwise by now: to update it', () => {
    expect(steps(record(message(sent({ hash: 'before', notBefore: T0 + 7 }))))).toEqual([
      ['update', 'update:card:before', 7],
    ]);
    const { hash: _hash, ...unclear } = sent() as Extract<Delivery, { state: 'sent' }>;
    expect(steps(record(message(unclear, { kind: 'result' })))).toEqual([['update', 'update:result:unclear', -T0]]);
    expect(steps(record(message(sent())))).toEqual([]);
    expect(steps(record(message(sent({ hash: 'before' }), NOTICE)))).toEqual([]);
  });

  it('for what changes again at once: to update it once, with both', () => {
    const changed = (ms: number) => ({
      ...record(message(sent({ hash: 'before', notBefore: 0 }))),
      audit: { count: 2, head: '', at: T0 + ms },
    });
    expect(steps(changed(0))).toEqual([['update', 'update:card:before', 100]]);
    expect(steps(changed(60), 60)).toEqual([['update', 'update:card:before', 160]]);
    // Not for ever, and not by a clock that is behind since a failover.
    const many = { ...changed(60), audit: { count: 20, head: '', at: T0 + 60 } };
    expect(steps({ ...many, audit: { ...many.audit, count: 19 } }, 60)).toEqual([
      ['update', 'update:card:before', 160],
    ]);
    expect(steps(many, 60)).toEqual([['update', 'update:card:before', -T0]]);
    expect(steps(changed(60_000), 60)).toEqual([['update', 'update:card:before', -T0]]);
  });

  it('for a card without its link: to fetch that', () => {
    const { permalink: _permalink, ...bare } = sent() as Extract<Delivery, { state: 'sent' }>;
    expect(steps(record(message(bare)))).toEqual([['permalink', 'permalink', 0]]);
  });

  it('for a reply: nothing before the card is there', () => {
    const reply = message(wanted(), { kind: 'thread', told: [told] }, { kind: 'card-thread' });
    expect(steps(record(message(claimed()), reply), 0, 'run-2').map(([kind]) => kind)).toEqual(['find']);
    expect(steps(record(message(sent()), reply)).map(([kind]) => kind)).toEqual(['send']);
  });

  it('for a notice: nothing before the card’s link is there, should there be a card', () => {
    const notice = message(wanted(), NOTICE);
    const { permalink: _permalink, ...bare } = sent() as Extract<Delivery, { state: 'sent' }>;
    expect(steps(record(notice)).map(([kind]) => kind)).toEqual(['send']);
    expect(steps(record(message(bare), notice)).map(([kind]) => kind)).toEqual(['permalink']);
    expect(steps(record(message(sent()), notice)).map(([kind]) => kind)).toEqual(['send']);
    expect(steps(record(message(bare), message(wanted(), ANSWER))).map(([kind]) => kind)).toEqual([
      'permalink',
      'send',
    ]);
  });
});

describe('a claim', () => {
  it('is for a wanted message only', () => {
    const held = claimSend(record(message(wanted(3))), 'card', 'run-1', at(0));
    expect(held.outgoing[0]?.delivery).toEqual(claimed({ failures: 3 }));
    expect(claimSend(held, 'card', 'run-2', at(5))).toEqual(held);
    expect(claimSend(held, 'nothing', 'run-2', at(5))).toEqual(held);
  });
});

describe('a send', () => {
  const fold = (result: SendResult, of: Outgoing = message(claimed()), holder = 'run-1', rendered = WITH_BLOCKS) =>
    foldSend(record(of), of.key, holder, result, rendered, at(100));

  it('that arrived is where Slack says', () => {
    const { permalink: _permalink, ...there } = sent({
      ts: '2.0',
      shows: 7,
      sureAt: T0 + 100,
    }) as Extract<Delivery, { state: 'sent' }>;
    expect(fold({ kind: 'sent', channel: 'C1', ts: '2.0' }).outgoing[0]?.delivery).toEqual(there);
  });

  it('that has to let others go first is wanted later, and is no failure', () => {
    const busy = { kind: 'busy', error: 'others_first', afterMs: 40_000 } as const;
    expect(fold(busy, message(claimed({ failures: 3 }))).outgoing[0]?.delivery).toEqual(wanted(3, T0 + 100 + 40_000));
  });

  it('of a claim that is another’s by now is dropped', () => {
    const before = record(message(claimed()));
    expect(fold({ kind: 'sent', channel: 'C1', ts: '2.0' }, message(claimed()), 'run-2')).toEqual(before);
    const there = message(sent());
    expect(fold({ kind: 'sent', channel: 'C1', ts: '2.0' }, there)).toEqual(record(there));
  });

  it('that Slack put off waits as long as Slack wants, and longer each time', () => {
    expect(only(fold({ kind: 'later', error: 'ratelimited', afterMs: 30_000 }))).toMatchObject(wanted(1, T0 + 30_100));
    const fifth = message(claimed({ failures: 4 }));
    expect(only(fold({ kind: 'later', error: 'x', afterMs: 0 }, fifth))).toMatchObject(wanted(5, T0 + 100 + 12_000));
  });

  it('whose blocks Slack does not take goes again at once as text, and as text a minute later', () => {
    const plain = { until: T0 + 100 + MINUTE / 2, times: 1 };
    expect(only(fold({ kind: 'bad-blocks', error: 'x' }))).toMatchObject({ ...wanted(1, T0 + 100), plain });
    const text = message(claimed(), { kind: 'card' }, CHANNEL, plain);
    expect(only(fold({ kind: 'bad-blocks', error: 'x' }, text, 'run-1', AS_TEXT))).toMatchObject({
      ...wanted(1, T0 + 100 + MINUTE),
      plain,
    });
  });

  it.each<[string, About, Destination, Destination, number]>([
    ['an answer goes to its person', ANSWER, EPHEMERAL, { kind: 'person', user: 'UEVE' }, 0],
    ['a result goes to the requester', { kind: 'result' }, CHANNEL, { kind: 'person', user: REQUESTER }, 0],
    ['a card waits for its channel', { kind: 'card' }, CHANNEL, CHANNEL, MINUTE],
    ['a notice waits for its person', NOTICE, { kind: 'person', user: 'U1' }, { kind: 'person', user: 'U1' }, MINUTE],
  ])('with no way in: %s', (_what, about, to, then, wait) => {
    const after = fold({ kind: 'no-way-in', error: 'not_in_channel' }, message(claimed(), about, to));
    expect(only(after)).toMatchObject({ ...wanted(1, T0 + 100 + wait), to: then });
  });

  it('of unclear outcome is looked for by anyone, at once', () => {
    const after = fold({ kind: 'unclear', error: 'timeout' });
    expect(only(after)).toMatchObject({
      state: 'claimed',
      claim: { holder: '', until: T0 + 10_000 },
      lookAt: T0 + 100,
    });
    expect(steps(after, 100, 'run-1')[0]).toEqual(['find', `find:card:${T0 + 100}`, 100]);
  });

  it('of unclear outcome that can not be looked for is said again', () => {
    expect(only(fold({ kind: 'unclear', error: 'timeout' }, message(claimed(), ANSWER, EPHEMERAL)))).toMatchObject(
      wanted(1, T0 + 850),
    );
  });
});

describe('a look', () => {
  const fold = (result: Parameters<typeof foldFind>[2], ms: number, of: Outgoing = message(claimed())) =>
    only(foldFind(record(of), of.key, result, at(ms)));

  it('that finds it adopts it, with its looks still to be made sure of', () => {
    const found = fold({ kind: 'found', channel: 'C1', ts: '3.0' }, 100);
    expect(found).toMatchObject({ state: 'sent', ts: '3.0' });
    expect(found).not.toHaveProperty('hash');
  });

  it('that does not find it sends it again only after the window and its margin', () => {
    expect(fold({ kind: 'absent' }, 10_999)).toMatchObject({ state: 'claimed', lookAt: T0 + 12_999 });
    expect(fold({ kind: 'absent' }, 11_000)).toMatchObject(wanted(1, T0 + 11_000));
  });

  it('that can not be made is made again later, and never followed by a second send', () => {
    expect(fold({ kind: 'unreadable', error: 'x' }, MINUTE)).toMatchObject({
      state: 'claimed',
      failures: 1,
      lookAt: T0 + MINUTE + 2_750,
    });
  });

  it('for what can not be looked up ends with the window', () => {
    const answer = message(claimed(), ANSWER, EPHEMERAL);
    expect(fold({ kind: 'unreadable', error: 'x' }, 9_999, answer)).toMatchObject({ state: 'claimed' });
    expect(fold({ kind: 'unreadable', error: 'x' }, 10_000, answer)).toMatchObject(wanted(1, T0 + 10_000));
  });

  it('that the bot may not make is asked about once its window is over, and the card posted anew only when a person says so', () => {
    const forbidden = { kind: 'unreadable', error: 'missing_scope', forbidden: true } as const;
    const held = record(message(claimed()));
    expect(isAskedAbout(foldFind(held, 'card', forbidden, at(0)))).toBe(false);
    const over = at(MINUTE);
    expect(isAskedAbout(foldFind(held, 'card', { kind: 'unreadable', error: 'timeout' }, over))).toBe(false);
    const asked = foldFind(held, 'card', forbidden, over);
    expect(isAskedAbout(asked)).toBe(true);
    expect(only(wantCardAnew(asked, over.now))).toMatchObject(wanted(0, over.now));
    const there = record(message(sent()));
    expect(wantCardAnew(there, over.now)).toEqual(there);
  });

  it('for what is there by now changes nothing', () => {
    expect(fold({ kind: 'absent' }, MINUTE, message(sent()))).toMatchObject({ state: 'sent', ts: '1.0', hash: 'now' });
  });
});

describe('an update', () => {
  const fold = (
    result: Parameters<typeof foldUpdate>[5],
    delivery = sent({ hash: 'before', failures: 2 }),
    from = 'before',
    plain?: Plain,
    rendered = WITH_BLOCKS,
  ) =>
    only(
      foldUpdate(
        record(message(delivery, { kind: 'card' }, CHANNEL, plain)),
        'card',
        'run-1',
        from,
        rendered,
        result,
        at(0),
      ),
    );

  it('leaves what was rendered', () => {
    expect(fold({ kind: 'updated' })).toMatchObject({ hash: 'now', shows: 7, failures: 0 });
  });

  it('beside somebody else’s is made once more: either may have landed last', () => {
    expect(fold({ kind: 'updated' }, sent({ hash: 'theirs' }))).not.toHaveProperty('hash');
  });

  it.each<[string, Parameters<typeof foldUpdate>[5], number]>([
    ['put off', { kind: 'later', error: 'invalid_auth', afterMs: 30_000 }, 30_000],
    ['unclear', { kind: 'unclear', error: 'timeout' }, 3_000],
    ['without a way in', { kind: 'no-way-in', error: 'x' }, MINUTE],
  ])('%s leaves it open what is shown', (_what, result, wait) => {
    const after = fold(result);
    expect(after).toMatchObject({ state: 'sent', failures: 3, notBefore: T0 + wait });
    expect(after).not.toHaveProperty('hash');
  });

  it('without a way in for long is tried less and less often: an archived channel holds the cards of years', () => {
    const after = fold({ kind: 'no-way-in', error: 'is_archived' }, sent({ hash: 'before', failures: 9 }));
    expect(after).toMatchObject({ state: 'sent', failures: 10, notBefore: T0 + 384_000 });
  });

  it('that has to let others go first leaves everything as it is, and is made later', () => {
    const before = sent({ hash: 'before', shows: 5, failures: 2 });
    const after = fold({ kind: 'busy', error: 'ratelimited', afterMs: 30_000 }, before);
    expect(after).toMatchObject({ ...before, notBefore: T0 + 30_000 });
  });

  it('of unclear outcome may still land: a minute later the message is made sure of, once', () => {
    const card = (delivery: Delivery) => record(message(delivery));
    const unclear = foldUpdate(
      card(sent({ hash: 'before' })),
      'card',
      'run-1',
      'before',
      WITH_BLOCKS,
      { kind: 'unclear', error: 'timeout' },
      at(0),
    );
    const updated = foldUpdate(unclear, 'card', 'run-1', undefined, WITH_BLOCKS, { kind: 'updated' }, at(2_000));
    expect(steps(updated, 2_000)).toEqual([['update', `update:card:now:stray:${T0 + MINUTE}`, MINUTE]]);
    // Something else to show meanwhile changes nothing about that.
    const changed = { ...updated, outgoing: [message(sent({ hash: 'older', strayUntil: T0 + MINUTE }))] };
    const shown = foldUpdate(changed, 'card', 'run-1', 'older', WITH_BLOCKS, { kind: 'updated' }, at(MINUTE - 1));
    expect(only(shown)).toMatchObject({ hash: 'now', strayUntil: T0 + MINUTE });
    const sure = foldUpdate(updated, 'card', 'run-1', 'now', WITH_BLOCKS, { kind: 'updated' }, at(MINUTE));
    expect(only(sure)).not.toHaveProperty('strayUntil');
    expect(steps(sure, MINUTE)).toEqual([]);
    // Of what is gone nothing is owed.
    const over = { ...updated, request: given(...SUCCEEDED).request };
    const gone = foldUpdate(over, 'card', 'run-1', 'now', WITH_BLOCKS, { kind: 'gone' }, at(MINUTE));
    expect(only(gone)).not.toHaveProperty('strayUntil');
  });

  it('whose process died on the way may still land: the next one draws the message once more then', () => {
    const started = claimUpdate(record(message(sent({ hash: 'before' }))), 'card', 'run-1', at(0));
    expect(only(started)).toMatchObject({ hash: 'before', updating: { holder: 'run-1', until: T0 + MINUTE } });
    // Run 1 died. Run 2 updates at once, for what is to be shown has changed.
    const next = claimUpdate(started, 'card', 'run-2', at(5_000));
    expect(only(next)).toMatchObject({
      strayUntil: T0 + MINUTE,
      updating: { holder: 'run-2', until: T0 + 5_000 + MINUTE },
    });
    const shown = foldUpdate(next, 'card', 'run-2', 'before', WITH_BLOCKS, { kind: 'updated' }, at(6_000));
    expect(only(shown)).not.toHaveProperty('updating');
    expect(steps(shown, 6_000)).toEqual([['update', `update:card:now:stray:${T0 + MINUTE}`, MINUTE]]);
    const sure = foldUpdate(shown, 'card', 'run-2', 'now', WITH_BLOCKS, { kind: 'updated' }, at(MINUTE));
    expect(steps(sure, MINUTE)).toEqual([]);
  });

  it('that is answered leaves no doubt, and another run’s is none of its business', () => {
    const started = claimUpdate(record(message(sent({ hash: 'before' }))), 'card', 'run-1', at(0));
    for (const kind of ['updated', 'busy', 'later', 'no-way-in', 'gone'] as const) {
      const result = { kind, error: 'x', afterMs: 1_000 };
      const after = foldUpdate(started, 'card', 'run-1', 'before', WITH_BLOCKS, result, at(100));
      expect(only(after), kind).not.toHaveProperty('updating');
    }
    const theirs = foldUpdate(started, 'card', 'run-2', 'before', WITH_BLOCKS, { kind: 'updated' }, at(100));
    expect(only(theirs)).toMatchObject({ updating: { holder: 'run-1' } });
    expect(claimUpdate(started, 'nothing', 'run-1', at(0))).toEqual(started);
  });

  it('whose blocks Slack does not take is made as text', () => {
    const plain = { until: T0 + MINUTE / 2, times: 1 };
    expect(fold({ kind: 'bad-blocks', error: 'x' })).toMatchObject({ plain, notBefore: T0 });
    expect(fold({ kind: 'bad-blocks', error: 'x' }, sent(), 'now', plain, AS_TEXT)).toMatchObject({
      plain,
      notBefore: T0 + MINUTE,
    });
  });

  it('of a card that is text tries the blocks again in time, ever more seldom, and keeps them once Slack takes them', () => {
    const plain = { until: T0 + MINUTE / 2, times: 1 };
    const text = record(message(sent({ hash: 'text' }), { kind: 'card' }, CHANNEL, plain));
    expect(steps(text)).toEqual([['update', 'update:card:text:1', MINUTE / 2]]);
    expect(steps(text, MINUTE / 2)).toEqual([['update', 'update:card:text', -T0]]);
    const again = foldUpdate(
      text,
      'card',
      'run-1',
      'text',
      WITH_BLOCKS,
      { kind: 'bad-blocks', error: 'x' },
      at(MINUTE / 2),
    );
    expect(only(again)).toMatchObject({ plain: { until: T0 + 1.5 * MINUTE, times: 2 } });
    const tenth = record(message(sent(), { kind: 'card' }, CHANNEL, { until: T0, times: 9 }));
    expect(
      only(foldUpdate(tenth, 'card', 'run-1', 'now', WITH_BLOCKS, { kind: 'bad-blocks', error: 'x' }, at(0))),
    ).toMatchObject({ plain: { until: T0 + 15 * MINUTE, times: 10 } });
    const taken = foldUpdate(text, 'card', 'run-1', 'text', WITH_BLOCKS, { kind: 'updated' }, at(MINUTE / 2));
    expect(taken.outgoing[0]).not.toHaveProperty('plain');
    expect(steps(taken, MINUTE / 2)).toEqual([]);
  });

  it('of a card that a person deleted posts it anew while it is to be decided, and not afterwards', () => {
    expect(fold({ kind: 'gone' })).toMatchObject(wanted(1, T0));
    const undecided = { ...record(message(sent())), request: given(...ATTENTION).request };
    expect(only(foldUpdate(undecided, 'card', 'run-1', 'now', WITH_BLOCKS, { kind: 'gone' }, at(0)))).toMatchObject(
      wanted(1, T0),
    );
    const over = { ...record(message(sent({ hash: 'before' }))), request: given(...SUCCEEDED).request };
    expect(only(foldUpdate(over, 'card', 'run-1', 'before', WITH_BLOCKS, { kind: 'gone' }, at(0)))).toMatchObject({
      state: 'sent',
      hash: 'now',
    });
  });

  it('of a card that a person deleted posts it anew while a review is owed on it', () => {
    const rule = { ...RULE, emergency: { users: [ALICE], groups: [], reviewWithinMs: MINUTE } };
    const alone = {
      type: 'approved',
      by: [ALICE],
      rule: RULE.name,
      emergency: { by: ALICE, reason: 'Alerts' },
    } as const;
    const owed = given(submitted(undefined, rule), precheckPassed, alone);
    const card = { ...record(message(sent())), request: owed.request };
    const gone = (request: Request) =>
      only(foldUpdate({ ...card, request }, 'card', 'run-1', 'now', WITH_BLOCKS, { kind: 'gone' }, at(0)));
    expect(allSteps(card)).toEqual([['update', `update:card:now:check:${T0}`, 60 * MINUTE]]);
    expect(gone(owed.request)).toMatchObject(wanted(1, T0));
    expect(gone(owed.happened({ type: 'reviewed', by: BOB, verdict: 'in-order' }).request)).toMatchObject({
      state: 'sent',
    });
  });

  it('is due once an hour though nothing changed, since nobody says that a card was deleted; not once it is decided', () => {
    const card = record(message(sent()));
    expect(allSteps(card)).toEqual([['update', `update:card:now:check:${T0}`, 60 * MINUTE]]);
    const sure = foldUpdate(card, 'card', 'run-1', 'now', WITH_BLOCKS, { kind: 'updated' }, at(61 * MINUTE));
    expect(allSteps(sure, 61 * MINUTE).map(([_kind, _key, when]) => when)).toEqual([121 * MINUTE]);
    expect(allSteps({ ...card, request: given(...SUCCEEDED).request })).toEqual([]);
    expect(allSteps(record(message(sent(), { kind: 'result' })))).toEqual([]);
    const anew = foldUpdate(card, 'card', 'run-1', 'now', WITH_BLOCKS, { kind: 'gone' }, at(61 * MINUTE));
    expect(only(anew)).toMatchObject(wanted(1, T0 + 61 * MINUTE));
  });

  it('is due soon when somebody is sent back to the card, but not again and again', () => {
    const doubted = doubtCard(record(message(sent())), T0 + 100);
    expect(steps(doubted)).toEqual([['update', `update:card:now:check:${T0}`, 5_000]]);
    expect(steps(doubtCard(doubted, T0 + 4_000))).toEqual(steps(doubted));
    const held = record(message(sent({ notBefore: T0 + MINUTE })));
    expect(steps(doubtCard(held, T0))).toEqual([['update', `update:card:now:check:${T0}`, MINUTE]]);
    const sure = foldUpdate(doubted, 'card', 'run-1', 'now', WITH_BLOCKS, { kind: 'updated' }, at(11_000));
    expect(only(sure)).not.toHaveProperty('doubtedAt');
    expect(steps(sure, 11_000)).toEqual([]);
    expect(steps(doubtCard(sure, T0 + 11_000), 11_000)).toEqual([
      ['update', `update:card:now:check:${T0 + 11_000}`, 16_000],
    ]);
    const wantedYet = record(message(wanted()));
    expect(doubtCard(wantedYet, T0)).toBe(wantedYet);
  });

  it('that was on its way when a doubt arose does not settle it', () => {
    const sending = claimUpdate(record(message(sent({ hash: 'before' }))), 'card', 'run-1', at(1_000));
    const doubted = doubtCard(sending, T0 + 2_000);
    const after = foldUpdate(doubted, 'card', 'run-1', 'before', WITH_BLOCKS, { kind: 'updated' }, at(3_000));
    expect(only(after)).toMatchObject({ sureAt: T0 + 1_000, doubtedAt: T0 + 2_000 });
    expect(steps(after, 3_000)).toEqual([['update', `update:card:now:check:${T0 + 1_000}`, 6_000]]);
  });

  it('is one at a time: what is due first does for what is due later', () => {
    const strayed = record(message(sent({ strayUntil: T0 + MINUTE, doubtedAt: T0 })));
    expect(allSteps(strayed)).toEqual([['update', `update:card:now:check:${T0}`, 5_000]]);
  });

  it('of what is not there changes nothing', () => {
    expect(fold({ kind: 'updated' }, wanted())).toMatchObject(wanted());
  });
});

describe('a card', () => {
  it('gets its link', () => {
    const { permalink: _permalink, ...bare } = sent() as Extract<Delivery, { state: 'sent' }>;
    expect(only(foldPermalink(record(message(bare)), 'card', 'https://slack/c'))).toMatchObject({
      permalink: 'https://slack/c',
    });
    expect(only(foldPermalink(record(message(wanted())), 'card', 'https://slack/c'))).not.toHaveProperty('permalink');
  });

  it.each([
    ['claimed', claimed()],
    ['wanted anew, since a look had missed it', wanted(1)],
  ])('that was clicked is there, though it is %s', (_what, delivery) => {
    expect(only(adoptCard(record(message(delivery)), { channel: 'C1', ts: '4.0' }, at(0)))).toMatchObject({
      state: 'sent',
      ts: '4.0',
    });
  });

  it('that is known to be somewhere stays there, and one that nobody wants is none', () => {
    const known = record(message(sent()));
    expect(adoptCard(known, { channel: 'C1', ts: '4.0' }, at(0))).toBe(known);
    const none = record(message(wanted(), NOTICE));
    expect(adoptCard(none, { channel: 'C1', ts: '4.0' }, at(0))).toBe(none);
  });
});

describe('a reply that finds its thread closed', () => {
  const reply = message(claimed(), { kind: 'thread', told: [told] }, { kind: 'card-thread' });
  const fold = (result: SendResult) =>
    foldSend(record(message(sent()), reply), 'thread', 'run-1', result, WITH_BLOCKS, at(9)).outgoing.map(
      ({ delivery }) => delivery,
    );

  it('has the card made sure of: it may have been deleted', () => {
    expect(fold({ kind: 'no-way-in', error: 'thread_not_found' })).toMatchObject([
      { doubtedAt: T0 + 9 },
      wanted(1, T0 + 10_009),
    ]);
    expect(fold({ kind: 'later', error: 'internal_error', afterMs: 1 })).toMatchObject([{ sureAt: T0 }, {}]);
  });
});

describe('the thread', () => {
  const waiting = (...outgoing: readonly Outgoing[]): RequestRecord => ({
    ...record(...outgoing),
    untold: [told, { ...told, at: T0 + 900 }],
  });
  const reply = message(wanted(), { kind: 'thread', told: [told] }, { kind: 'card-thread' });

  it('tells what came close together in one reply', () => {
    const before = waiting(message(sent()));
    expect(threadDue(before)).toBe(T0 + 1_000);
    expect(gatherThread(before, T0 + 999)).toBe(before);
    const after = gatherThread(before, T0 + 1_000);
    expect(after.untold).toEqual([]);
    expect(after.outgoing[1]).toEqual({
      ...message(wanted(0, T0 + 1_000), { kind: 'thread', told: before.untold }, { kind: 'card-thread' }),
      key: 'thread-2',
    });
  });

  it('waits for the card, and for the reply before while that may be on its way', () => {
    const onItsWay: Outgoing = { ...reply, delivery: claimed() };
    for (const before of [waiting(), waiting(message(claimed())), waiting(message(sent()), onItsWay)]) {
      expect(gatherThread(before, T0 + MINUTE)).toBe(before);
      expect(threadDue(before)).toBeUndefined();
    }
  });

  it('adds to a reply that has not gone out yet', () => {
    const before = waiting(message(sent()), reply);
    const { outgoing, untold, messages } = gatherThread(before, T0);
    expect(outgoing[1]).toEqual({ ...reply, about: { kind: 'thread', told: [told, ...before.untold] } });
    expect([untold, messages]).toEqual([[], before.messages]);
  });

  it('has nothing to tell', () => {
    expect(threadDue(record(message(sent())))).toBeUndefined();
    expect(gatherThread(record(message(sent())), T0 + MINUTE).outgoing).toHaveLength(1);
  });
});

describe('a receipt', () => {
  const receipt: About = { kind: 'receipt', command: 'approve', seq: 7 };
  const left = (card: Delivery, delivery: Delivery = wanted()) =>
    sweep(record(message(card), message(delivery, receipt))).record.outgoing.map(({ about }) => about.kind);

  it('is not needed once the card shows as much of the chain', () => {
    expect(left(sent({ shows: 7 }))).toEqual(['card']);
    expect(left(sent({ shows: 8 }))).toEqual(['card']);
  });

  it('is kept while the card shows less, or may be anywhere, and when it is on its way', () => {
    expect(left(sent({ shows: 6 }))).toEqual(['card', 'receipt']);
    expect(left(sent())).toEqual(['card', 'receipt']);
    expect(left(claimed())).toEqual(['card', 'receipt']);
    expect(left(sent({ shows: 7 }), claimed())).toEqual(['card', 'receipt']);
  });
});

describe('the sweep', () => {
  it('keeps the card, the result and whatever is still under way', () => {
    const kept = record(
      message(sent()),
      message(sent(), { kind: 'result' }),
      message(claimed({ failures: 99 }), NOTICE),
      message(wanted(4), ANSWER),
    );
    expect(sweep(kept)).toEqual({ record: kept, lost: [] });
    expect(sweep(kept).record).toBe(kept);
  });

  it('drops what was said', () => {
    const { record: left, lost } = sweep(record(message(sent()), message(sent(), NOTICE)));
    expect(left.outgoing.map(({ key }) => key)).toEqual(['card']);
    expect(lost).toEqual([]);
  });

  it('gives up an answer after 5 tries and a notice after 200, and names them; never the card', () => {
    const tired = record(message(wanted(999)), message(wanted(5), ANSWER), message(wanted(199), NOTICE));
    expect(sweep(tired).lost.map(({ key }) => key)).toEqual(['answer']);
    for (const delivery of [wanted(200), claimed({ failures: 200 })]) {
      expect(sweep(record(message(delivery, NOTICE))).lost).toHaveLength(1);
    }
    expect(sweep(tired).record.outgoing.map(({ key }) => key)).toEqual(['card', 'notice']);
  });
});
