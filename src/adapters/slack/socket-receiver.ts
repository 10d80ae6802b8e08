/** Bolt's door in Socket Mode: hands each delivery to the app once, and its answer to the connection it came by. */
import type { App, Receiver } from '@slack/bolt';
import type { Log } from '../../application/ports/log.ts';
import { Recent } from '../../application/recent.ts';
import type { Acks } from './acks.ts';
import type { InFlight } from './in-flight.ts';
import type { Delivery } from './payloads/envelope.ts';

/** Slack gives up at 3 s. */
const ACK_MS = 2_900;
/** Deliveries whose answer is kept, for Slack to ask again: far more than come in a minute. */
const REMEMBERED = 1_000;

export interface SocketReceiverOptions {
  /** Shared with the app: listeners may work on after the answer. */
  readonly inFlight: InFlight;
  readonly log: Log;
  readonly acks?: Acks;
  readonly ackMs?: number;
}

/** False when the connection is gone. */
export type SendAnswer = (answer: string) => boolean;

export class SocketReceiver implements Receiver {
  private readonly options: SocketReceiverOptions;
  private readonly taken = new Recent<string, { answer?: string }>(REMEMBERED);
  private app: App | undefined;

  constructor(options: SocketReceiverOptions) {
    this.options = options;
  }

  init(app: App): void {
    this.app = app;
  }

  start(): Promise<never> {
    return Promise.reject(new Error('a socket receiver is started by startSlackSocket'));
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }

  /** Resolves when it is answered, or will never be; never rejects. */
  take(delivery: Delivery, send: SendAnswer): Promise<void> {
    const { log } = this.options;
    const before = this.taken.get(delivery.id);
    if (before === undefined) return this.takeFirst(delivery, send);
    // The first answer was lost, or came late. A trigger is good once: running it again would tell the person that
    // the form which is open did not open.
    log.info({ envelope: delivery.id, answered: before.answer !== undefined }, 'Slack delivered again what it had');
    if (before.answer !== undefined) send(before.answer);
    return Promise.resolve();
  }

  private takeFirst(delivery: Delivery, send: SendAnswer): Promise<void> {
    const { inFlight, log, ackMs = ACK_MS, acks } = this.options;
    const over = acks?.arrived();
    const taken: { answer?: string } = {};
    this.taken.set(delivery.id, taken);
    return new Promise((resolve) => {
      const about = { envelope: delivery.id, delivery: delivery.body.type ?? delivery.body.command };
      const late = setTimeout(() => log.error(about, 'a request from Slack was not acknowledged in time'), ackMs);
      const answered = (): void => {
        clearTimeout(late);
        resolve();
      };
      const ack = (response?: unknown): Promise<void> => {
        if (taken.answer === undefined) {
          taken.answer = answerTo(delivery.id, response);
          over?.('acknowledged');
          // The listener goes on all the same: what it was asked for still counts.
          if (!send(taken.answer)) log.warn(about, 'an answer to Slack was lost with its connection');
          answered();
        }
        return Promise.resolve();
      };
      const leave = inFlight.enter();
      void this.process(delivery, ack)
        .catch((error: unknown) => {
          // What a listener threw is in the app's own line; what Bolt itself stumbled over is only here.
          if (taken.answer === undefined) log.error({ ...about, error }, 'a request from Slack failed');
        })
        .finally(() => {
          // Left without an answer Slack may try again, and then it is to be done.
          if (taken.answer === undefined) this.taken.delete(delivery.id);
          answered();
          over?.('gone');
          leave();
        });
    });
  }

  private async process({ body, retryNum, retryReason }: Delivery, ack: (response?: unknown) => Promise<void>) {
    await this.app?.processEvent({
      body,
      ack,
      ...(retryNum === undefined ? {} : { retryNum }),
      ...(retryReason === undefined ? {} : { retryReason }),
    });
  }
}

/** What acknowledges an envelope, with an answer or without. */
export function answerTo(id: string, response?: unknown): string {
  const payload = typeof response === 'string' ? { text: response } : (response ?? {});
  return JSON.stringify({ envelope_id: id, payload });
}
