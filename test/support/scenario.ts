/** Given what happened, when something is asked, then these events follow, or this refusal: no mocks. */
import { expect } from 'vitest';
import type { Command } from '../../src/domain/commands.ts';
import { decide } from '../../src/domain/decide.ts';
import type { Context, Decision } from '../../src/domain/decision.ts';
import type { RequestEvent } from '../../src/domain/events.ts';
import { evolve } from '../../src/domain/evolve.ts';
import { nextSteps, type Step } from '../../src/domain/next-step.ts';
import type { ClickRefusal } from '../../src/domain/refusals.ts';
import type { Request, Status } from '../../src/domain/request.ts';
import { at, context } from './samples.ts';

/** A number lets so many milliseconds pass. */
export function given(...history: readonly (RequestEvent | number)[]): Scenario {
  return history.reduce<Scenario>(
    (scenario, item) => (typeof item === 'number' ? scenario.later(item) : scenario.happened(item)),
    new Scenario(undefined, 0),
  );
}

export class Scenario {
  readonly state: Request | undefined;
  readonly elapsed: number;

  constructor(state: Request | undefined, elapsed: number) {
    this.state = state;
    this.elapsed = elapsed;
  }

  get request(): Request {
    if (this.state === undefined) throw new Error('nothing happened yet');
    return this.state;
  }

  /** The request, which must be in this status. */
  as<S extends Status>(status: S): Extract<Request, { status: S }> {
    expect(this.request.status).toBe(status);
    return this.request as Extract<Request, { status: S }>;
  }

  later(ms: number): Scenario {
    return new Scenario(this.state, this.elapsed + ms);
  }

  happened(...events: readonly RequestEvent[]): Scenario {
    const state = events.reduce((before, event) => evolve(before, event, at(this.elapsed)), this.state);
    return new Scenario(state, this.elapsed);
  }

  when(command: Command, over: Partial<Context> = {}): Answer {
    return new Answer(this, decide(this.state, command, context({ moment: at(this.elapsed), ...over })));
  }

  steps(holder = 'run-1'): readonly Step[] {
    return nextSteps(this.request, at(this.elapsed), holder);
  }
}

class Answer {
  private readonly before: Scenario;
  private readonly decision: Decision;

  constructor(before: Scenario, decision: Decision) {
    this.before = before;
    this.decision = decision;
  }

  /** Exactly these events, which are then folded in. */
  brings(...events: readonly unknown[]): Scenario {
    expect(this.decision).toEqual({ kind: 'accepted', events });
    return this.goes();
  }

  bringsNothing(): Scenario {
    return this.brings();
  }

  refuses(refusal: ClickRefusal): Scenario {
    expect(this.decision).toEqual({ kind: 'refused', refusal });
    return this.before;
  }

  /** Whatever events they are, folded in. */
  goes(): Scenario {
    if (this.decision.kind === 'refused') throw new Error(`refused: ${this.decision.refusal.kind}`);
    return this.before.happened(...this.decision.events);
  }

  /** The same, and if it is refused nothing has happened. */
  goesOrNot(): Scenario {
    return this.decision.kind === 'refused' ? this.before : this.goes();
  }

  /** Into this status, whatever the events are. */
  becomes<S extends Status>(status: S): Extract<Request, { status: S }> {
    return this.goes().as(status);
  }
}
