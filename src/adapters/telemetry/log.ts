/** Logs: JSON lines on stdout in which no secret can appear, whoever logs what. */
import { type DestinationStream, type Logger, pino } from 'pino';

export type Log = Logger;

export interface LogOptions {
  readonly level: string;
  /** By default stdout. */
  readonly destination?: DestinationStream;
}

const MASK = '***';
const DEEPEST = 8;

/** Keys whose value is never for a log, whatever it is; compared without case, `_` and `-`. */
const SECRET_KEY =
  /(token|secret|password|passphrase|authorization|cookie|signature|apikey|accesskey|privatekey|encryptionkey|auditkey|responseurl|triggerid|credentials?)$/;
/** Ends like a secret and is none: it is what an attempt is followed by through all its logs. */
const PLAIN_KEY = /^(clienttoken|nexttoken|accesskeyid)$/;

/** What is a secret wherever it stands, in a message too. */
const SECRET_TEXT = new RegExp(
  [
    'xox[a-z](?:\\.xox[a-z])?-[\\w-]+', // Slack's tokens
    'xapp-[\\w-]+',
    'LTAI[A-Za-z0-9]{4,}', // Alibaba Cloud's AccessKey ids
    'STS\\.[A-Za-z0-9]{4,}',
    'https://hooks\\.slack\\.com/[^\\s"\\\\]+',
    '(?<=[a-z]://)[^\\s"/@\\\\]+(?=@)', // a URL's user and password
    '-----BEGIN [A-Z ]*PRIVATE KEY-----(?:[^-]|-(?!----))*(?:-----END [A-Z ]*PRIVATE KEY-----)?',
    '(?<=Bearer )[\\w.~+/-]+=*',
  ].join('|'),
  'g',
);

export function createLog(options: LogOptions): Log {
  const settings = {
    level: options.level,
    base: {},
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    // Ours below does what it does, with less.
    serializers: { err: (error: unknown) => error },
    formatters: {
      level: (label: string) => ({ level: label }),
      log: (fields: Record<string, unknown>) => clean(fields) as Record<string, unknown>,
    },
    // The last gate: the finished line, with its message.
    hooks: { streamWrite: maskText },
  };
  const log: Log = options.destination ? pino(settings, options.destination) : pino(settings);
  // A formatter for bindings is not asked for a child's; children inherit these two.
  const { child, setBindings } = log;
  log.child = function cleanChild(this: Log, bindings: object, ...rest: never[]) {
    return child.call(this, clean(bindings) as object, ...rest);
  } as typeof log.child;
  log.setBindings = function cleanBindings(this: Log, bindings) {
    setBindings.call(this, clean(bindings) as typeof bindings);
  };
  return log;
}

/** The same text with every secret masked. */
function maskText(text: string): string {
  return text.replace(SECRET_TEXT, MASK);
}

function clean(value: unknown, depth = 0, seen: readonly object[] = []): unknown {
  if (typeof value === 'string') return maskText(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= DEEPEST || seen.includes(value)) return '…';
  const path = [...seen, value];
  if (value instanceof Error) return cleanError(value, depth, path);
  if (value instanceof Date) return value.toJSON();
  if (ArrayBuffer.isView(value)) return `${value.byteLength} bytes`;
  if (Array.isArray(value)) return value.map((item) => clean(item, depth + 1, path));
  if (value instanceof Map) return clean(Object.fromEntries(value), depth, path);
  if (value instanceof Set) return clean([...value], depth, path);
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      isSecretKey(key) && inner != null ? MASK : clean(inner, depth + 1, path),
    ]),
  );
}

function isSecretKey(key: string): boolean {
  const plain = key.toLowerCase().replaceAll(/[_-]/g, '');
  return SECRET_KEY.test(plain) && !PLAIN_KEY.test(plain);
}

/** Only what is named here: libraries hang the request, with its headers, on their errors. */
function cleanError(error: Error, depth: number, path: readonly object[]): Record<string, unknown> {
  const { code, statusCode, requestId, data } = error as Error & Record<string, unknown>;
  // @slack/web-api's errors carry Slack's own word in `data.error`.
  const slackError = typeof data === 'object' && data !== null ? (data as Record<string, unknown>).error : undefined;
  const extra = Object.entries({ code, statusCode, requestId, slackError }).filter(([, value]) =>
    ['string', 'number'].includes(typeof value),
  );
  return {
    type: error.name,
    message: maskText(error.message),
    ...Object.fromEntries(extra.map(([key, value]) => [key, clean(value)])),
    ...(error.stack ? { stack: maskText(error.stack) } : {}),
    ...(error.cause === undefined ? {} : { cause: clean(error.cause, depth + 1, path) }),
    ...(error instanceof AggregateError ? { errors: clean(error.errors, depth + 1, path) } : {}),
  };
}
