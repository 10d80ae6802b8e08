/** The option with which a searched list begins: named, when the bot happens to know what the id stands for. */
import type { PlainTextOption } from '@slack/types';
import type { Choices } from '../../../application/choices.ts';
import type { CloudIdKind } from '../../../domain/ids.ts';
import type { ModalMessages } from '../../../messages/modals.ts';
import { choiceOption } from './choice-option.ts';

export type Known = Choices['known'];

/** Slack takes no longer value. */
const LONGEST = 75;

export function startOption(
  kind: CloudIdKind,
  id: string | undefined,
  known: Known,
  texts: ModalMessages,
): PlainTextOption | undefined {
  if (id === undefined || id === '' || id.length > LONGEST) return undefined;
  const choice = kind === 'zone' ? undefined : known(kind, id);
  return choiceOption(choice ?? { id, name: '' }, texts);
}
