/** Several processes that keep the same Homes, with time, Slack and Redis in the hands of a test. */
import { Homes } from '../../src/application/homes.ts';
import type { HomeContents, ShowResult } from '../../src/application/ports/home-screen.ts';
import type { Viewers } from '../../src/application/ports/viewers.ts';
import type { RequestId } from '../../src/domain/ids.ts';
import type { Standing } from '../../src/domain/refusals.ts';
import { T0 } from '../support/samples.ts';
import { recordOf } from '../support/stored.ts';

/** Of all processes together. */
export class World {
  readonly looking = new Map<string, number>();
  counted = 0;
  readonly by = new Map<string, string>();
  /** What is listed as decided, as all Homes show it. */
  decided: RequestId[] = [];
  /** By person, the ids that each Home shown had, in order. */
  readonly shown: { readonly process: string; readonly user: string; readonly text: string }[] = [];
  readonly answers: ShowResult[] = [];
  standing: Standing = 'member';
  fails = false;
  now = 0;
  /** Holds back one showing until the promise settles. */
  hold: Promise<void> | undefined;

  on(user: string): string | undefined {
    return this.shown.findLast((each) => each.user === user)?.text;
  }
}

export class Process {
  readonly homes: Homes;
  readonly warnings: string[] = [];
  private readonly due: { at: number; readonly work: () => void }[] = [];
  private readonly world: World;

  constructor(world: World, name = 'one') {
    this.world = world;
    const reach = () => (world.fails ? Promise.reject(new Error('Redis is away')) : Promise.resolve());
    const viewers: Viewers = {
      opened: (user, at) => reach().then(() => void world.looking.set(user, at)),
      since: (at) => reach().then(() => [...world.looking].filter(([, then]) => then >= at).map(([user]) => user)),
      forget: (user) =>
        reach().then(() => {
          world.looking.delete(user);
          world.by.delete(user);
        }),
      changed: () => reach().then(() => (world.counted += 1)),
      changes: () => reach().then(() => world.counted),
      shownBy: (process, user) =>
        reach().then(() => {
          const before = world.by.get(user);
          world.by.set(user, process);
          return before === process;
        }),
    };
    const say = (_fields: unknown, message: string) => void this.warnings.push(message);
    this.homes = new Homes({
      requests: {
        list: (index) => reach().then(() => (index === 'decided' ? [...world.decided] : [])),
        read: (asked) => reach().then(() => asked.map((id) => recordOf(id))),
      },
      directory: { glance: () => Promise.resolve({ standing: world.standing, groups: [], unreadable: [] }) },
      viewers,
      screen: {
        render: (contents) => Promise.resolve({ view: contents, hash: textOf(contents) }),
        show: async (user, { hash }) => {
          const { hold } = world;
          world.hold = undefined;
          await hold;
          const answer = world.answers.shift() ?? { kind: 'shown' };
          if (answer.kind === 'shown') world.shown.push({ process: name, user, text: hash });
          return answer;
        },
      },
      log: { info: () => {}, warn: say, error: say },
      moment: () => ({ now: T0 + world.now, wall: T0 + world.now }),
      process: name,
      monotonic: () => world.now,
      after: (ms, work) => {
        const entry = { at: world.now + ms, work };
        this.due.push(entry);
        return () => void this.due.splice(this.due.indexOf(entry), 1);
      },
    });
  }

  /** How many milliseconds until the next round; undefined: there is none. */
  next(): number | undefined {
    const [first] = this.due.map(({ at }) => at - this.world.now).sort((a, b) => a - b);
    return first;
  }

  /** Lets so much time pass, with all that comes in it. */
  async pass(ms: number): Promise<void> {
    const until = this.world.now + ms;
    for (;;) {
      await settle();
      const first = this.due.toSorted((a, b) => a.at - b.at)[0];
      if (first === undefined || first.at > until) break;
      this.world.now = Math.max(this.world.now, first.at);
      this.due.splice(this.due.indexOf(first), 1);
      first.work();
    }
    this.world.now = until;
    await settle();
  }
}

export const settle = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));

function textOf(contents: HomeContents): string {
  if (contents.kind !== 'lists') return contents.kind;
  return contents.lists.decided.map(({ request }) => request.id.at(-1)).join('') || '-';
}
