/** The fetch under Slack's client: a request that could not be written in time is never written. */
import type { WebClientOptions } from '@slack/web-api';
import { Agent, DecoratorHandler, type Dispatcher, errors, fetch as undiciFetch } from 'undici';

type Fetch = NonNullable<WebClientOptions['fetch']>;

/**
 * Slack has nothing like a ClientToken for a post: whatever is written late may come after another process has posted in
 * our place. The client's own time limit can't promise it, since a process that was frozen while it connected takes up
 * its connection, and writes, before its timers run. So each request is asked for its age right before its first byte.
 *
 * @param withinMs from the call until the first byte is written, connecting included.
 * @param now in milliseconds, never going back.
 */
export function createTimelyFetch(withinMs: number, now: () => number = () => performance.now()): Fetch {
  const dispatcher = new Agent({ connect: { timeout: withinMs } }).compose(
    (dispatch) => (options, handler) => dispatch(options, new TooOldIsNotSent(handler, now, withinMs)),
  );
  return (url, { body, ...init } = {}) => {
    if (body !== undefined && typeof body !== 'string') throw new TypeError('files are not sent this way');
    return undiciFetch(url, { ...init, ...(body === undefined ? {} : { body }), dispatcher });
  };
}

class TooOldIsNotSent extends DecoratorHandler {
  private readonly handler: Dispatcher.DispatchHandler;
  private readonly now: () => number;
  private readonly until: number;

  constructor(handler: Dispatcher.DispatchHandler, now: () => number, withinMs: number) {
    super(handler);
    this.handler = handler;
    this.now = now;
    this.until = now() + withinMs;
  }

  onRequestStart(controller: Dispatcher.DispatchController, context: unknown): void {
    if (this.now() > this.until) controller.abort(new errors.ConnectTimeoutError('too late to be sent'));
    else this.handler.onRequestStart?.(controller, context);
  }
}
