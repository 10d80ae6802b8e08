/** Turns what is due, as data, into what is done: each step with its effect, and how its outcome is folded in. */
import type { Command } from '../domain/commands.ts';
import type { Context } from '../domain/decision.ts';
import { nextSteps, type Step } from '../domain/next-step.ts';
import type { Moment } from '../domain/request.ts';
import {
  claimSend,
  type DeliveryStep,
  deliverySteps,
  foldFind,
  foldSend,
  isAskedAbout,
  rendering,
  threadDue,
} from './delivery.ts';
import { applyCommand, type Draft } from './draft.ts';
import { acceptConnection } from './effects/accept-connection.ts';
import { considerPolicy } from './effects/consider-policy.ts';
import { create } from './effects/create.ts';
import { look } from './effects/look.ts';
import { precheck } from './effects/precheck.ts';
import { readRoster } from './effects/read-roster.ts';
import { recheck } from './effects/recheck.ts';
import { reserveSlot } from './effects/reserve-slot.ts';
import { watchConnection } from './effects/watch-connection.ts';
import { precedenceOf } from './precedence.ts';
import type { Outgoing, RequestRecord } from './record.ts';
import { claimUpdate, foldPermalink, foldUpdate } from './updates.ts';
import type { Workspace } from './workspace.ts';

/** Folds what an effect brought back into whatever the record is by then. */
export type Fold = (draft: Draft, context: Context) => void;

export interface Launch {
  readonly key: string;
  /** `Moment.now` time. */
  readonly at: number;
  /** Never twice in one run: it sends under a claim. */
  readonly once?: boolean;
  /** Nobody waits for what comes of it: it may be committed a moment later, with other things. */
  readonly unhurried?: boolean;
  /** Written in the commit before it starts. */
  readonly claim?: (record: RequestRecord) => RequestRecord;
  /**
   * @param record as committed.
   * @param stop aborted when the process is to stop: what waits for others gives up then, what is under way goes on.
   */
  readonly run: (record: RequestRecord | undefined, stop: AbortSignal) => Promise<Fold>;
}

const NOTHING: Launch['run'] = () => Promise.resolve(() => {});

export function launches(
  record: RequestRecord,
  moment: Moment,
  holder: string,
  workspace: Workspace,
): readonly Launch[] {
  const { announcer } = workspace;
  const steps = nextSteps(record.request, moment, holder, workspace.policy.current().version).map((step) =>
    stepLaunch(step, workspace),
  );
  const deliveries = deliverySteps(record, moment, holder, announcer.render.bind(announcer)).map((step) =>
    deliveryLaunch(step, record, moment, holder, workspace),
  );
  const gather = threadDue(record);
  // Ripe ones have been gathered by the time this list is made.
  const thread = gather === undefined ? [] : [{ key: `wait:thread:${gather}`, at: gather, run: NOTHING }];
  return [...steps, ...deliveries, ...thread];
}

function stepLaunch(step: Step, workspace: Workspace): Launch {
  const { key, at } = step;
  const outcome = (effect: (record: RequestRecord, stop: AbortSignal) => Promise<Command>): Launch['run'] => {
    return async (record, stop) => {
      if (record === undefined) throw new Error(`${key} without a record`);
      const command = await effect(record, stop);
      return (draft, context) => applyCommand(draft, command, context, workspace.channels);
    };
  };
  switch (step.kind) {
    case 'precheck':
      return { key, at, run: outcome(({ request }) => precheck(request, step, workspace)) };
    case 'read-roster':
      return { key, at, run: outcome(({ request }) => readRoster(request, step, workspace)) };
    case 'consider-policy':
      return { key, at, run: outcome(({ request }) => considerPolicy(request, step, workspace)) };
    case 'recheck':
      return { key, at, run: outcome(({ request }) => recheck(request, step, workspace)) };
    case 'reserve-slot':
      // The check beside it takes longer, and nothing follows from one without the other.
      return { key, at, unhurried: true, run: outcome(({ request }) => reserveSlot(request, step, workspace)) };
    case 'create':
      return { key, at, once: true, run: outcome(({ request }, stop) => create(request, step, workspace, stop)) };
    case 'look':
      return { key, at, run: outcome(({ request }) => look(request, step, workspace)) };
    case 'watch-connection':
      return { key, at, run: outcome(({ request }) => watchConnection(request, step, workspace)) };
    case 'accept-connection':
      return { key, at, once: true, run: outcome(({ request }) => acceptConnection(request, step, workspace)) };
    case 'wait':
      return { key, at, run: NOTHING };
  }
}

function deliveryLaunch(
  step: DeliveryStep,
  listed: RequestRecord,
  moment: Moment,
  holder: string,
  workspace: Workspace,
): Launch {
  const { key, at } = step;
  const { announcer } = workspace;
  const render = announcer.render.bind(announcer);
  /** Finds the message again in the record as committed, and folds with a fresh look at the time. */
  const on = (
    effect: (
      outgoing: Outgoing,
      record: RequestRecord,
    ) => Promise<(record: RequestRecord, now: Moment) => RequestRecord>,
  ): Launch['run'] => {
    return async (record = listed) => {
      const outgoing = record.outgoing.find((each) => each.key === step.outgoing);
      if (outgoing === undefined) return () => {};
      if (precedenceOf(outgoing.about) !== 'awaited') await workspace.giveWay();
      const fold = await effect(outgoing, record);
      return (draft, context) => {
        if (draft.record === undefined) return;
        const asked = isAskedAbout(draft.record);
        draft.record = fold(draft.record, context.moment);
        draft.changed = true;
        if (!asked && isAskedAbout(draft.record)) {
          applyCommand(draft, { kind: 'card-not-findable' }, context, workspace.channels);
        }
      };
    };
  };
  switch (step.kind) {
    case 'send':
      return {
        key,
        at,
        once: true,
        unhurried: true,
        claim: (record) => claimSend(record, step.outgoing, holder, moment),
        run: on(async (outgoing, record) => {
          const rendered = rendering(outgoing, record, moment.now, render);
          const result = await announcer.send(outgoing, record, rendered);
          const shown = { ...rendered, shows: record.audit.count };
          return (latest, now) => foldSend(latest, step.outgoing, holder, result, shown, now);
        }),
      };
    case 'find':
      return {
        key,
        at,
        unhurried: true,
        run: on(async (outgoing, record) => {
          const result = await announcer.find(outgoing, record, step.since);
          return (latest, now) => foldFind(latest, step.outgoing, result, now);
        }),
      };
    case 'update':
      return {
        key,
        at,
        unhurried: true,
        claim: (record) => claimUpdate(record, step.outgoing, holder, moment),
        run: on(async (outgoing, record) => {
          if (outgoing.delivery.state !== 'sent') return (latest) => latest;
          const rendered = rendering(outgoing, record, moment.now, render);
          const result = await announcer.update(outgoing.delivery, rendered);
          const shown = { ...rendered, shows: record.audit.count };
          const { ts } = outgoing.delivery;
          return (latest, now) => {
            const there = latest.outgoing.find(({ key: each }) => each === step.outgoing)?.delivery;
            // Posted anew meanwhile: this answer is about the one that is gone.
            if (there?.state === 'sent' && there.ts !== ts) return latest;
            return foldUpdate(latest, step.outgoing, holder, step.from, shown, result, now);
          };
        }),
      };
    case 'permalink':
      return {
        key,
        at,
        unhurried: true,
        run: on(async ({ delivery }) => {
          if (delivery.state !== 'sent') return (latest) => latest;
          const permalink = await announcer.permalink(delivery);
          return (latest) => foldPermalink(latest, step.outgoing, permalink);
        }),
      };
  }
}
