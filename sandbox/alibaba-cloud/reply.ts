/** What an operation of the local cloud answers, before it is written to a socket. */

export interface Reply {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  /** The code of a refusal. */
  readonly code?: string;
  /** The endpoint that this very call made. */
  readonly made?: string;
}

export interface Context {
  readonly requestId: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** A call as far as the operations see it. */
export interface LocalRequest {
  readonly action: string;
  readonly method: string;
  /** Decoded segments. */
  readonly path: readonly string[];
  readonly query: Readonly<Record<string, string>>;
  /** Parsed JSON, or undefined when there was none, or when it was not an object. */
  readonly body: Readonly<Record<string, unknown>> | undefined;
}

/** An id of an Alibaba Cloud account as a number in JSON: JavaScript's own numbers would round it. */
export function int64(digits: string): string {
  return `int64:${digits}`;
}

/** A body as it goes over the wire. */
export function writeBody(body: Reply['body']): string {
  return JSON.stringify(body).replace(/"int64:(\d+)"/g, '$1');
}

export function refuse(
  { requestId }: Context,
  status: number,
  code: string,
  message: string,
  more: Readonly<Record<string, unknown>> = {},
): Reply {
  const recommend = `https://api.aliyun.com/troubleshoot?q=${encodeURIComponent(code)}&requestId=${requestId}`;
  return { status, code, body: { RequestId: requestId, Code: code, Message: message, Recommend: recommend, ...more } };
}

/** A whole number from a query, or the default; undefined when it is neither absent nor acceptable. */
export function number(text: string | undefined, standard: number, most: number): number | undefined {
  if (text === undefined) return standard;
  const value = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  return value >= 1 && value <= most ? value : undefined;
}
