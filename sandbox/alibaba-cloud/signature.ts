/**
 * Checks the ACS3-HMAC-SHA256 signature of what came in over the wire. Written from the raw request backwards, and on
 * its own: if the client made a mistake, a shared signer would make the same one here.
 */
import crypto from 'node:crypto';

interface SignedRequest {
  readonly method: string;
  /** Path and query as they stood in the request line. */
  readonly target: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** By AccessKey id: the secret, and for a temporary key the token that must come with it. */
export type AccessKeys = Record<string, string | { secret: string; securityToken: string }>;

interface SignatureRefusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

const QUARTER_HOUR = 15 * 60_000;
const AUTHORIZATION = /^ACS3-HMAC-SHA256 Credential=([^,]+),SignedHeaders=([^,]+),Signature=([0-9a-f]{64})$/;

/** Remembers the nonces that it has seen. */
export class SignatureCheck {
  readonly #keys: AccessKeys;
  readonly #nonces = new Set<string>();

  constructor(keys: AccessKeys) {
    this.#keys = keys;
  }

  /** @param now milliseconds since the epoch. */
  refusal(request: SignedRequest, now: number): SignatureRefusal | undefined {
    const { headers } = request;
    const [, keyId = '', signedList = '', signature = ''] = AUTHORIZATION.exec(headers.authorization ?? '') ?? [];
    if (signature === '')
      return refused(400, 'IncompleteSignature', 'The Authorization header is missing or malformed.');

    const key = this.#keys[keyId];
    if (key === undefined) return refused(404, 'InvalidAccessKeyId.NotFound', 'Specified access key is not found.');
    const secret = typeof key === 'string' ? key : key.secret;
    const token = typeof key === 'string' ? undefined : key.securityToken;
    if (headers['x-acs-security-token'] !== token) {
      const code =
        headers['x-acs-security-token'] === undefined
          ? 'InvalidSecurityToken.Malformed'
          : 'InvalidSecurityToken.Expired';
      return refused(403, code, 'Specified SecurityToken is not valid.');
    }

    const date = headers['x-acs-date'] ?? '';
    if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(date)) {
      return refused(400, 'InvalidTimeStamp.Format', 'Specified time stamp or date value is not well formatted.');
    }
    if (Math.abs(Date.parse(date) - now) > QUARTER_HOUR) {
      return refused(400, 'InvalidTimeStamp.Expired', 'Specified time stamp or date value is expired.');
    }

    const expected = hmac(secret, `ACS3-HMAC-SHA256\n${digest(canonicalText(request, signedList))}`);
    if (!mustBeSigned(headers).every((name) => signedList.split(';').includes(name)) || expected !== signature) {
      return refused(403, 'SignatureDoesNotMatch', 'Specified signature is not matched with our calculation.');
    }
    if (headers['x-acs-content-sha256'] !== digest(request.body)) {
      return refused(400, 'InvalidContentSha256', 'x-acs-content-sha256 does not match the body.');
    }

    const nonce = `${keyId} ${headers['x-acs-signature-nonce'] ?? ''}`;
    if (this.#nonces.has(nonce))
      return refused(400, 'SignatureNonceUsed', 'Specified signature nonce was used already.');
    this.#nonces.add(nonce);
    return undefined;
  }
}

function canonicalText({ method, target, headers }: SignedRequest, signedList: string): string {
  const mark = target.indexOf('?');
  const path = mark < 0 ? target : target.slice(0, mark);
  const pairs: string[] = [];
  for (const [name, value] of new URLSearchParams(mark < 0 ? '' : target.slice(mark + 1))) {
    pairs.push(`${escape3986(name)}=${escape3986(value)}`);
  }
  let text = `${method}\n${canonicalPath(path)}\n${pairs.sort().join('&')}\n`;
  for (const name of signedList.split(';')) text += `${name}:${(headers[name] ?? '').trim()}\n`;
  return `${text}\n${signedList}\n${headers['x-acs-content-sha256'] ?? ''}`;
}

/** Each segment as encodeURIComponent writes it, and an asterisk encoded too: so the official client signs it. */
function canonicalPath(path: string): string {
  try {
    const segments = path.split('/').map((segment) => encodeURIComponent(decodeURIComponent(segment)));
    return segments.join('/').replace(/\*/g, '%2A');
  } catch {
    return path;
  }
}

/** Everything that decides what the request means; leaving one out would let it be changed on the way. */
function mustBeSigned(headers: Readonly<Record<string, string>>): string[] {
  const names = [
    'host',
    'x-acs-action',
    'x-acs-version',
    'x-acs-date',
    'x-acs-signature-nonce',
    'x-acs-content-sha256',
  ];
  const present = Object.keys(headers).filter((name) => name === 'content-type' || name.startsWith('x-acs-'));
  return [...names, ...present];
}

/** Byte by byte over UTF-8, after RFC 3986. */
function escape3986(text: string): string {
  let escaped = '';
  for (const byte of Buffer.from(text, 'utf8')) {
    const char = String.fromCharCode(byte);
    escaped += /[A-Za-z0-9._~-]/.test(char) ? char : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return escaped;
}

function digest(data: string | Buffer): string {
  return crypto.createHash('sha256').update(data).digest('hex');
}

function hmac(secret: string, text: string): string {
  return crypto.createHmac('sha256', secret).update(text).digest('hex');
}

function refused(status: number, code: string, message: string): SignatureRefusal {
  return { status, code, message };
}
