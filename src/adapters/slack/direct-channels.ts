/** The direct message channels with people, opened when first needed. */
import type { WebClient } from '@slack/web-api';
import { type NotSent, notSent } from './send-result.ts';
import { troubleOf } from './trouble.ts';

/** Beyond this the remembered ones start anew. */
const REMEMBERED = 5_000;

export type Opened = { readonly kind: 'open'; readonly channel: string } | NotSent;

export class DirectChannels {
  private readonly client: WebClient;
  private readonly known = new Map<string, string>();

  constructor(client: WebClient) {
    this.client = client;
  }

  /** Safe to repeat: opening an open conversation gives it again. */
  async open(user: string): Promise<Opened> {
    const known = this.known.get(user);
    if (known !== undefined) return { kind: 'open', channel: known };
    try {
      const id = (await this.client.conversations.open({ users: user })).channel?.id;
      if (id === undefined) return { kind: 'later', error: 'no_channel', afterMs: 5_000 };
      if (this.known.size >= REMEMBERED) this.known.clear();
      this.known.set(user, id);
      return { kind: 'open', channel: id };
    } catch (error) {
      const result = notSent(troubleOf(error));
      // Nothing was posted yet, whatever became of the opening.
      return result.kind === 'unclear' ? { kind: 'later', error: result.error, afterMs: 1_000 } : result;
    }
  }
}
