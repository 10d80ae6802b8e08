/** Signs one request with ACS3-HMAC-SHA256, byte for byte as Alibaba Cloud's own SDK does. */
import { createHmac, hash } from 'node:crypto';

/** What is signed with: an AccessKey pair and, for temporary credentials, the token that belongs to it. */
export interface SigningKey {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken?: string;
}

/** A request before it is signed. */
interface UnsignedRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Host and, unless it is the scheme's own, port. */
  readonly host: string;
  /** Starts with a slash; its segments are percent-encoded already. */
  readonly path: string;
  /** Plain names and values. */
  readonly query: Readonly<Record<string, string>>;
  readonly action: string;
  readonly version: string;
  /** JSON text. */
  readonly body?: string;
}

const ALGORITHM = 'ACS3-HMAC-SHA256';

/**
 * Returns every header to be sent, `authorization` among them.
 * @param nonce unique for each request that is sent, a repeated one included.
 * @param date milliseconds since the epoch; the cloud accepts 15 minutes of difference.
 */
export function signRequest(
  request: UnsignedRequest,
  key: SigningKey,
  nonce: string,
  date: number,
): Record<string, string> {
  const payloadHash = sha256(request.body ?? '');
  const headers: Record<string, string> = {
    host: request.host,
    'x-acs-action': request.action,
    'x-acs-version': request.version,
    'x-acs-date': isoSeconds(date),
    'x-acs-signature-nonce': nonce,
    'x-acs-content-sha256': payloadHash,
  };
  if (request.body !== undefined) headers['content-type'] = 'application/json; charset=utf-8';
  if (key.securityToken) {
    headers['x-acs-accesskey-id'] = key.accessKeyId;
    headers['x-acs-security-token'] = key.securityToken;
  }
  const names = Object.keys(headers).sort();
  const canonical = [
    request.method,
    request.path,
    canonicalQuery(request.query),
    ...names.map((name) => `${name}:${(headers[name] ?? '').trim()}`),
    '',
    names.join(';'),
    payloadHash,
  ].join('\n');
  const signature = createHmac('sha256', key.accessKeySecret)
    .update(`${ALGORITHM}\n${sha256(canonical)}`)
    .digest('hex');
  return {
    ...headers,
    accept: 'application/json',
    authorization: `${ALGORITHM} Credential=${key.accessKeyId},SignedHeaders=${names.join(';')},Signature=${signature}`,
  };
}

/**
 * One path segment, percent-encoded. Throws a RangeError for what can't be a segment: an empty one would name the
 * collection above it, and `.` and `..` are folded away on the road.
 */
export function pathSegment(value: string): string {
  if (value === '' || value === '.' || value === '..') throw new RangeError('not a path segment');
  try {
    return encodeURIComponent(value).replaceAll('*', '%2A');
  } catch {
    throw new RangeError('not a path segment: half a surrogate pair');
  }
}

function canonicalQuery(query: Readonly<Record<string, string>>): string {
  return Object.keys(query)
    .sort()
    .map((name) => `${name}=${strictEncode(query[name] ?? '')}`)
    .join('&');
}

/** RFC 3986: encodeURIComponent leaves five characters too many as they are. */
function strictEncode(value: string): string {
  return encodeURIComponent(value).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

function isoSeconds(date: number): string {
  return `${new Date(date).toISOString().slice(0, 19)}Z`;
}

function sha256(text: string): string {
  return hash('sha256', text);
}
