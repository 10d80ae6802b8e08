/** `reject`, `approve_with_note`, `approve_alone`, `review`: asks for what has to be said with the decision. */
import type { PersonCommand } from '../../../../domain/commands.ts';
import type { DecisionForm } from '../../modals/decision-forms.ts';
import type { ListenerTools } from '../tools.ts';
import { openForm, takeClick, thenAcknowledge } from './form-opener.ts';

export const onDecisionForm = (tools: ListenerTools, kind: PersonCommand['kind'], modal: DecisionForm) =>
  thenAcknowledge(async (args) => {
    const taken = await takeClick(args, kind, tools);
    if (taken === undefined) return;
    const { click, value, metadata } = taken;
    const { modals } = await tools.messagesFor(click.user);
    await openForm(click, modal(metadata, modals), args, tools, value.id);
  });
