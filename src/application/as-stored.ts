/** What one run knows of what is stored of its request: read when it has to be, and kept through its own commits. */
import type { Holder } from '../domain/decision.ts';
import type { RequestId } from '../domain/ids.ts';
import type { Moment } from '../domain/request.ts';
import { type Draft, holdingsDiff } from './draft.ts';
import { INBOX_FRONT } from './inbox.ts';
import { indexing } from './indexes.ts';
import { type Loaded, UnreadableRequest } from './ports/requests.ts';
import { cardAt } from './record.ts';
import type { Workspace } from './workspace.ts';

/** What a round has come to. */
export interface Decided {
  readonly draft: Draft;
  readonly moment: Moment;
  /** How many entries, from the front of the inbox, were decided. */
  readonly inboxTaken: number;
  /** `Moment.now` time at which the request wants to be woken; infinite: never. */
  readonly due: number;
}

export class AsStored {
  /** Names that others hold, as the last commits were told. */
  readonly taken = new Map<string, Holder>();
  private readonly id: RequestId;
  private readonly holder: string;
  private readonly workspace: Workspace;
  /** It need not be read again while its version is the one that is stored. */
  private known: Loaded | undefined;
  /** In which lists this run has put the request. */
  private listed: string | undefined;

  constructor(id: RequestId, holder: string, workspace: Workspace) {
    this.id = id;
    this.holder = holder;
    this.workspace = workspace;
  }

  /**
   * @param look `anew`: something has come in; `if-changed`: it may have; `later`: what is decided will be committed, and
   * should it be decided on something old, the commit says so.
   */
  async read(look: 'anew' | 'if-changed' | 'later'): Promise<Loaded> {
    const { known } = this;
    this.known = undefined;
    if (known === undefined || look === 'anew') return this.workspace.requests.load(this.id);
    if (look === 'if-changed' && (await this.isNews(known))) return this.workspace.requests.load(this.id);
    return known;
  }

  /** Whether something was stored that a run which knows this has not seen. */
  async isNews({ version, inbox }: Loaded): Promise<boolean> {
    const there = await this.workspace.requests.peek(this.id);
    return there.version !== version || there.waiting !== inbox.length;
  }

  /** Nothing of it has to be committed. */
  keep(loaded: Loaded): Loaded {
    this.known = loaded;
    return loaded;
  }

  /** @returns what is stored then; nothing when it has to be decided again on what is there now. */
  async commit(loaded: Loaded, { draft, moment, inboxTaken, due }: Decided): Promise<Loaded | undefined> {
    const { requests, newId, log } = this.workspace;
    const { record } = draft;
    const changed = draft.changed ? record : undefined;
    const { hold, release } = holdingsDiff(loaded.record?.request, record?.request);
    const index = changed === undefined ? undefined : indexing(changed.request);
    const lists = index === undefined ? this.listed : JSON.stringify(index);
    const result = await requests.commit({
      id: this.id,
      commitId: newId(),
      expectedVersion: loaded.version,
      ...(changed === undefined ? {} : { record: changed }),
      ...(index === undefined || lists === this.listed ? {} : { index }),
      audit: draft.audit,
      inboxTaken,
      ...(Number.isFinite(due) ? { due } : {}),
      now: moment.now,
      hold,
      release,
    });
    switch (result.kind) {
      case 'committed':
        for (const { event, seq, revision } of draft.audit) {
          log.info({ request: this.id, event: event.type, seq, revision, run: this.holder }, 'request');
        }
        this.taken.clear();
        this.listed = lists;
        return this.keepOwn(loaded, result.version, {
          version: loaded.version + (changed !== undefined || inboxTaken > 0 ? 1 : 0),
          record,
          inbox: loaded.inbox.slice(inboxTaken),
        });
      case 'stale':
        return undefined;
      case 'taken': {
        const link = await this.cardOf(result.by);
        this.taken.set(result.name, { request: result.by, ...(link === undefined ? {} : { link }) });
        return undefined;
      }
    }
  }

  /**
   * A commit that was sent twice may be answered after somebody else's: then what is stored is not ours any more. And
   * behind the front of an inbox there may be more.
   */
  private keepOwn({ inbox }: Loaded, version: number, own: Loaded): Loaded {
    return version === own.version && inbox.length < INBOX_FRONT ? this.keep(own) : own;
  }

  /** Undefined too when that request can't be read: this one can be decided without its link. */
  private async cardOf(holder: RequestId): Promise<string | undefined> {
    try {
      const { record } = await this.workspace.requests.load(holder);
      return record === undefined ? undefined : cardAt(record)?.permalink;
    } catch (error) {
      if (error instanceof UnreadableRequest) return undefined;
      throw error;
    }
  }
}
