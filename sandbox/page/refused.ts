/** A wish of a person on the page that can't be fulfilled: its message is the refusal's name. */
import type { Refusal } from './wire.ts';

export class Refused extends Error {
  constructor(refusal: Refusal) {
    super(refusal);
  }
}
