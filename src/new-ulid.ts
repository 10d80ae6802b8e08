/** Fresh identifiers, whose chance comes from the system in blocks: asking it for one byte at a time costs more than all else about them. */
import { randomFillSync } from 'node:crypto';
import { type PRNG, ulid } from 'ulid';

const block = new Uint8Array(4_096);
let next = block.length;

/** In [0, 1), in steps that divide evenly by the 32 characters of a ULID. */
const draw: PRNG = () => {
  if (next === block.length) {
    randomFillSync(block);
    next = 0;
  }
  const byte = block[next] ?? 0;
  next += 1;
  return byte / 256;
};

/** A ULID: 26 characters, of which 10 say the time (ms) and 16 are chance. */
export function newUlid(): string {
  return ulid(undefined, draw);
}
