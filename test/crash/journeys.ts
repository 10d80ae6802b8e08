/** The journeys that are crashed: how people act, and how each must end whatever happens on the way. */
import type { Fault } from '../../sandbox/alibaba-cloud/faults.ts';
import { SAMPLE_INSTANCES } from '../../sandbox/alibaba-cloud/sample-cloud.ts';
import type { LocalService } from '../../sandbox/alibaba-cloud/state.ts';
import type { Wish } from '../../sandbox/journey.ts';
import type { Status } from '../../src/domain/request.ts';
import { eventually } from '../support/eventually.ts';
import { changeService, type Story } from '../support/story.ts';
import { type Cast, PATIENCE_MS } from './cast.ts';

const DAY_MS = 24 * 3_600_000;
/** Longer than it takes to notice the create and to make another endpoint by hand. */
const HANG_MS = 1_000;

export interface Journey {
  readonly name: string;
  readonly wish?: Wish;
  readonly service?: Partial<LocalService>;
  /** @param advance moves the clock, once everybody in the play either waits for it or is stopped. */
  readonly act: (cast: Cast, advance: (ms: number) => Promise<void>) => Promise<void>;
  readonly status: Status;
  /** For its service, in the end. */
  readonly endpoints: number;
  readonly hasCard: boolean;
  /** It moves the clock, so only its like may be played beside it. */
  readonly movesClock?: true;
  /** It takes the account's turn, and so has an account of its own. */
  readonly takesTurn?: true;
}

const MADE = { status: 'succeeded', endpoints: 1, hasCard: true } as const;

export const JOURNEYS: readonly Journey[] = [
  {
    name: 'create',
    ...MADE,
    async act(cast) {
      await cast.ask();
      await cast.click(cast.approver, 'approve');
    },
  },
  {
    name: 'reject',
    status: 'rejected',
    endpoints: 0,
    hasCard: true,
    async act(cast) {
      await cast.ask();
      await cast.clickAndFill(cast.approver, 'reject', 'reject_request', (person, view) =>
        person.type(view, 'reason', 'Use the shared one'),
      );
    },
  },
  {
    name: 'cancel',
    status: 'cancelled',
    endpoints: 0,
    hasCard: true,
    async act(cast) {
      await cast.ask();
      await cast.click(cast.requester, 'cancel');
    },
  },
  {
    name: 'reply lost',
    ...MADE,
    async act(cast) {
      nextCreate(cast.story, { when: 'after', kind: { type: 'reset' } });
      await cast.ask();
      await cast.click(cast.approver, 'approve');
    },
  },
  {
    name: 'never applied',
    ...MADE,
    async act(cast) {
      nextCreate(cast.story, { when: 'before', kind: { type: 'html' } });
      await cast.ask();
      await cast.click(cast.approver, 'approve');
    },
  },
  {
    name: 'post lost',
    ...MADE,
    async act(cast) {
      const { story } = cast;
      for (const key of ['card', 'result']) {
        story.slack.faults.add({
          method: 'chat.postMessage',
          kind: 'reset',
          when: 'after',
          matching: ({ metadata }) => {
            const text = typeof metadata === 'string' ? metadata : JSON.stringify(metadata ?? {});
            return story.id !== '' && text.includes(story.id) && text.includes(`"message":"${key}"`);
          },
        });
      }
      await cast.ask();
      await cast.click(cast.approver, 'approve');
    },
  },
  {
    name: 'retry',
    ...MADE,
    async act(cast) {
      const kind = { type: 'status', status: 403, code: 'Forbidden.RAM' } as const;
      const forbidden = nextCreate(cast.story, { when: 'before', kind, times: Number.POSITIVE_INFINITY });
      await cast.ask();
      await cast.click(cast.approver, 'approve');
      await cast.story.cardWith('retry', PATIENCE_MS);
      forbidden.about = 'nothing any more';
      await cast.click(cast.requester, 'retry');
    },
  },
  {
    name: 'edit',
    ...MADE,
    async act(cast) {
      await cast.ask();
      await cast.clickAndFill(cast.requester, 'edit', 'edit_request', (person, view) =>
        person.type(view, 'reason', 'Another reason'),
      );
      await cast.story.cardSays('revision 2', PATIENCE_MS);
      await cast.click(cast.approver, 'approve');
    },
  },
  {
    name: 'sent back',
    ...MADE,
    async act(cast) {
      const { cloud, service } = cast.story;
      await cast.ask();
      await cast.story.cardWith('approve', PATIENCE_MS);
      changeService(cloud, service, { status: 'Pending' });
      await cast.click(cast.approver, 'approve');
      await cast.story.cardSays('revision 2', PATIENCE_MS);
      changeService(cloud, service, { status: 'Active' });
      await cast.click(cast.approver, 'approve');
    },
  },
  {
    name: 'reminded',
    ...MADE,
    async act(cast) {
      await cast.ask();
      await cast.click(cast.requester, 'remind');
      await cast.click(cast.approver, 'approve');
    },
  },
  {
    name: 'emergency',
    ...MADE,
    async act(cast) {
      await cast.ask();
      await cast.clickAndFill(cast.onCall, 'approve_alone', 'approve_alone', (person, view) =>
        person.type(view, 'reason', 'Alerts reach nobody'),
      );
      await cast.clickAndFill(cast.approver, 'review', 'review_request', (person, view) =>
        person.choose(view, 'verdict', 'in-order'),
      );
    },
  },
  {
    name: 'choose',
    ...MADE,
    endpoints: 2,
    async act(cast) {
      const { story } = cast;
      nextCreate(story, { when: 'after', kind: { type: 'hang', ms: HANG_MS } });
      await cast.ask();
      await cast.click(cast.approver, 'approve');
      const own = await eventually('an endpoint', () => story.endpoints()[0], PATIENCE_MS);
      const foreign = { ...own, endpointId: `ep-hp3foreign${story.service.slice(-8)}`, name: 'foreign' };
      story.cloud.state.endpoints.push(foreign);
      await cast.clickAndFill(cast.approver, 'choose_endpoint', 'choose_endpoint', (person, view) =>
        person.choose(view, 'endpoint', own.endpointId),
      );
    },
  },
  {
    name: 'precheck',
    wish: { mode: 'precheck' },
    status: 'checked',
    endpoints: 0,
    hasCard: false,
    act: (cast) => cast.ask(),
  },
  {
    name: 'refused',
    wish: { instance: SAMPLE_INSTANCES.inactive },
    status: 'refused',
    endpoints: 0,
    hasCard: false,
    act: (cast) => cast.ask(),
  },
  {
    name: 'accept',
    takesTurn: true,
    service: { autoAccept: false },
    ...MADE,
    async act(cast) {
      await cast.ask();
      await cast.click(cast.approver, 'approve');
      await cast.click(cast.approver, 'accept_connection');
    },
  },
  {
    name: 'expired',
    status: 'expired',
    endpoints: 0,
    hasCard: true,
    movesClock: true,
    async act(cast, advance) {
      await cast.ask();
      await cast.story.cardWith('approve', PATIENCE_MS);
      await advance(DAY_MS + 1_000);
    },
  },
];

/** A fault that a play can end by having it be about something else. */
function nextCreate(story: Story, fault: Pick<Fault, 'when' | 'kind' | 'times'>): Fault {
  const made = { action: 'CreateVpcEndpoint', dryRun: false, about: story.service, ...fault };
  story.cloud.faults.add(made);
  return made;
}
