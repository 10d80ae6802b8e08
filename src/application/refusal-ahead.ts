/** Whether a form is worth opening: what the request would answer now, as far as that can be told without asking Slack. */
import type { PersonCommand } from '../domain/commands.ts';
import { decidePerson } from '../domain/decide-person.ts';
import type { ClickRefusal } from '../domain/refusals.ts';
import type { Request } from '../domain/request.ts';

const HANGS_ON_GROUPS: ReadonlySet<ClickRefusal['kind']> = new Set<ClickRefusal['kind']>([
  'only-requester-or-approver',
  'not-an-approver',
  'not-for-emergencies',
]);

/** The request decides again when the form comes back; this only spares people a form that can't succeed. */
export function refusalAhead(request: Request, command: PersonCommand, now: number): ClickRefusal | undefined {
  const decision = decidePerson(request, command, {
    moment: { now, wall: now },
    holder: '',
    rules: [],
    settleMs: 0,
    acceptConnections: false,
    jitter: 0,
    person: { standing: 'member', groups: [], unreadable: [] },
    taken: new Map(),
  });
  if (decision.kind === 'accepted') return undefined;
  // Whether somebody is in a user group is for Slack to say.
  return HANGS_ON_GROUPS.has(decision.refusal.kind) ? undefined : decision.refusal;
}
