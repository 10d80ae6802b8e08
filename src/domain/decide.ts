/** Decides a command: which events follow from it now, or why nothing does. Pure; time, chance and people come in as data. */
import type { Command } from './commands.ts';
import { acceptanceAnswered, connectionSeen } from './decide-connection.ts';
import { decideOutcome } from './decide-outcome.ts';
import { decidePerson } from './decide-person.ts';
import { policyChanged } from './decide-ruling.ts';
import { decideTick } from './decide-tick.ts';
import { accepted, type Context, type Decision } from './decision.ts';
import type { Request } from './request.ts';

export function decide(state: Request | undefined, command: Command, context: Context): Decision {
  switch (command.kind) {
    case 'submit':
    case 'edit':
    case 'approve':
    case 'approve-alone':
    case 'remind':
    case 'review':
    case 'reject':
    case 'cancel':
    case 'retry':
    case 'accept-connection':
    case 'repost-card':
    case 'choose-endpoint':
      return decidePerson(state, command, context);
    case 'prechecked':
    case 'rechecked':
    case 'slot-reserved':
    case 'account-halted':
    case 'create-answered':
    case 'looked':
    case 'roster-read':
      return accepted(...(state === undefined ? [] : decideOutcome(state, command, context)));
    case 'card-not-findable':
      return accepted(...(state === undefined ? [] : [{ type: 'card-not-findable' } as const]));
    case 'connection-seen':
      return accepted(...(state === undefined ? [] : connectionSeen(state, command, context)));
    case 'acceptance-answered':
      return accepted(...(state === undefined ? [] : acceptanceAnswered(state, command, context)));
    case 'policy-changed':
      return accepted(...(state === undefined ? [] : policyChanged(state, command, context)));
    case 'tick':
      return accepted(...(state === undefined ? [] : decideTick(state, context)));
  }
}
