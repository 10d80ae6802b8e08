/** What somebody sees in lists: what waits for them and for others, what they asked for and own, and what was decided. */
import { approve } from '../domain/decide-approval.ts';
import type { Person } from '../domain/decision.ts';
import type { RequestId, UserGroupId, UserId } from '../domain/ids.ts';
import { groupsOf } from '../domain/policy/progress.ts';
import type { Pending, Request, Succeeded } from '../domain/request.ts';
import type { Requests } from './ports/requests.ts';
import type { RequestRecord } from './record.ts';

/** A record whose request is in this status. */
export type RecordOf<R extends Request> = RequestRecord & { readonly request: R };

/** What was read of a list, and how much more there is in it. */
export interface Cut<R extends Request = Request> {
  readonly records: readonly RecordOf<R>[];
  readonly left: number;
}

export interface HomeLists {
  readonly waiting: Cut<Pending>;
  /** Those that something is still to become of, then those that ended last. */
  readonly asked: Cut;
  readonly owned: Cut<Succeeded>;
  readonly decided: readonly RequestRecord[];
}

/** What is the same for everybody who looks at this moment. */
export interface Common {
  readonly waiting: Cut<Pending>;
  readonly decided: readonly RequestRecord[];
}

type Reading = Pick<Requests, 'list' | 'read'>;

/** Nobody reads more at once; how many more there are is said. */
const MOST_WAITING = 200;
const MOST_SHOWN = 15;
const LOOKED_BACK = 10;
/** Among so many of the newest the ended ones are looked for. */
const AMONG = 40;
/** More than anybody counts. */
const COUNTED = 10_000;

export async function readCommon(requests: Reading): Promise<Common> {
  const [waiting, decided] = await Promise.all([
    readWaiting(requests),
    requests.list('decided', { newest: true, limit: LOOKED_BACK }).then((ids) => requests.read(ids)),
  ]);
  return { waiting, decided };
}

/** What waits for its approval, oldest first. */
export async function readWaiting(requests: Reading): Promise<Cut<Pending>> {
  const ids = await requests.list('waiting', { newest: false, limit: COUNTED });
  const records = await requests.read(ids.slice(0, MOST_WAITING));
  return { records: records.filter(isPending), left: Math.max(0, ids.length - MOST_WAITING) };
}

/** The user groups that decide whose yes counts among these. */
export function groupsThatMatter({ records }: Cut<Pending>): readonly UserGroupId[] {
  return [...new Set(records.flatMap(({ request }) => groupsOf(request.rule)))];
}

/** Whose own yes would count now, and the others; each in their order. */
export function divided(
  { records }: Cut<Pending>,
  reader: UserId,
  person: Person,
  now: number,
): { readonly mine: readonly RecordOf<Pending>[]; readonly others: readonly RecordOf<Pending>[] } {
  const isMine = ({ request }: RecordOf<Pending>) =>
    approve(request, { kind: 'approve', by: reader, revision: request.revision }, person, now).kind === 'accepted';
  return { mine: records.filter(isMine), others: records.filter((record) => !isMine(record)) };
}

export async function readHome(
  requests: Reading,
  { waiting, decided }: Common,
  reader: UserId,
  person: Person,
  now: number,
): Promise<HomeLists> {
  const { mine } = divided(waiting, reader, person, now);
  const [open, newest, owned] = await Promise.all([
    requests.list(`open:${reader}`, { newest: true, limit: COUNTED }),
    requests.list(`asked:${reader}`, { newest: true, limit: AMONG }),
    requests.list(`owned:${reader}`, { newest: true, limit: COUNTED }),
  ]);
  const ended = newest.filter((id) => !open.includes(id)).slice(0, LOOKED_BACK);
  const [asked, made] = await Promise.all([requests.read([...first(open), ...ended]), requests.read(first(owned))]);
  return {
    waiting: { records: mine.slice(0, MOST_SHOWN), left: Math.max(0, mine.length - MOST_SHOWN) + waiting.left },
    asked: { records: asked, left: Math.max(0, open.length - MOST_SHOWN) },
    owned: { records: made.filter(isSucceeded), left: Math.max(0, owned.length - MOST_SHOWN) },
    decided,
  };
}

function first(ids: readonly RequestId[]): readonly RequestId[] {
  return ids.slice(0, MOST_SHOWN);
}

/** A list may be a moment behind what was read after it. */
function isPending(record: RequestRecord): record is RecordOf<Pending> {
  return record.request.status === 'pending';
}

function isSucceeded(record: RequestRecord): record is RecordOf<Succeeded> {
  return record.request.status === 'succeeded';
}
