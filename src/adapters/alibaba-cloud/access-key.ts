/** An AccessKey pair that can be carried about without showing itself in a log or a dump. */
import { inspect } from 'node:util';
import type { SigningKey } from './sign.ts';

const HIDDEN = '[AccessKey]';

/** Shows nothing of itself to util.inspect, JSON.stringify or string conversion; only `reveal` gives it away. */
export class AccessKey {
  readonly #key: SigningKey;

  constructor(key: SigningKey) {
    this.#key = key;
  }

  /** The pair in plain text. For signing, and for taking it out of texts; keep it no longer than that. */
  reveal(): SigningKey {
    return this.#key;
  }

  equals(other: AccessKey): boolean {
    const [mine, theirs] = [this.#key, other.#key];
    return (
      mine.accessKeyId === theirs.accessKeyId &&
      mine.accessKeySecret === theirs.accessKeySecret &&
      (mine.securityToken ?? '') === (theirs.securityToken ?? '')
    );
  }

  toJSON(): string {
    return HIDDEN;
  }

  toString(): string {
    return HIDDEN;
  }

  [inspect.custom](): string {
    return HIDDEN;
  }
}
