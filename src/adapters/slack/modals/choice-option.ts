/** A choice of a searched list as Slack shows it: the name may be cut, the id never is. */
import type { PlainTextOption } from '@slack/types';
import type { Choice } from '../../../application/choices.ts';
import type { ModalMessages } from '../../../messages/modals.ts';
import { countedLength, cut, option } from './plain.ts';

const ROOM = 75;
/** Less of a name than this tells nothing. */
const SHORTEST_NAME = 6;

export function choiceOption({ id, name, account, unusable }: Choice, texts: ModalMessages): PlainTextOption {
  const status = unusable === undefined ? '' : ` · ${texts.unusable(unusable)}`;
  const called = [account, name].filter(Boolean).join(': ').replace(/\s+/g, ' ').trim();
  const tail = called === '' ? `${id}${status}` : ` (${id})${status}`;
  const room = ROOM - countedLength(tail);
  if (called === '' || room >= SHORTEST_NAME) return option(called === '' ? tail : `${cut(called, room)}${tail}`, id);
  return option(`${id}${status}`, id);
}
