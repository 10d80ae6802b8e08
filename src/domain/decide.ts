/** Decides a command: which events follow from it now, or why nothing does. Pure; time, chance and people come in as data. */
import type { Command } from './commands.ts';
import { decideOutcome } from './decide-outcome.ts';
import { decidePerson } from './decide-person.ts';
import { decideTick } from './decide-tick.ts';
import type { Context, Decision } from './decision.ts';
import type { Request } from './request.ts';

export function decide(state: Request | undefined, command: Command, context: Context): Decision {
  switch (command.kind) {
    case 'submit':
    case 'edit':
    case 'approve':
    case 'reject':
    case 'cancel':
    case 'retry':
    case 'choose-endpoint':
      return decidePerson(state, command, context);
    case 'prechecked':
    case 'rechecked':
    case 'slot-reserved':
    case 'account-halted':
    case 'create-answered':
    case 'looked':
      return { kind: 'accepted', events: state === undefined ? [] : decideOutcome(state, command, context) };
    case 'tick':
      return { kind: 'accepted', events: state === undefined ? [] : decideTick(state, context) };
  }
}
