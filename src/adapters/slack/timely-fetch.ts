/** The fetch under Slack's client: a request that could not be written in time is never written. */
import type { WebClientOptions } from '@slack/web-api';
import { Agent, DecoratorHandler, type Dispatcher, errors, request } from 'undici';

type Fetch = NonNullable<WebClientOptions['fetch']>;

/**
 * Slack has nothing like a ClientToken for a post: whatever is written late may come after another process has posted in
 * our place. The client's own time limit can't promise it, since a process that was frozen while it connected takes up
 * its connection, and writes, before its timers run. So each request is asked for its age right before its first byte.
 *
 * It is as much of fetch as Slack's client uses: a text is posted, and the whole answer read. Nothing is redirected.
 * @param withinMs from the call until the first byte is written, connecting included.
 * @param now in milliseconds, never going back.
 */
export function createTimelyFetch(withinMs: number, now: () => number = () => performance.now()): Fetch {
  const dispatcher = new Agent({ connect: { timeout: withinMs } }).compose(
    (dispatch) => (options, handler) => dispatch(options, new TooOldIsNotSent(handler, now, withinMs)),
  );
  return async (url, { method = 'GET', headers, body, signal } = {}) => {
    if (typeof body !== 'string') throw new TypeError('files are not sent this way');
    const answer = await request(String(url), {
      dispatcher,
      method: method as Dispatcher.HttpMethod,
      headers: headers as Record<string, string>,
      body,
      signal: signal ?? null,
    });
    const text = await answer.body.text();
    return new Response(text === '' ? null : text, { status: answer.statusCode, headers: flat(answer.headers) });
  };
}

function flat(headers: Readonly<Record<string, string | string[] | undefined>>): [string, string][] {
  return Object.entries(headers).flatMap(([name, values]) =>
    [values ?? []].flat().map((value): [string, string] => [name, value]),
  );
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
