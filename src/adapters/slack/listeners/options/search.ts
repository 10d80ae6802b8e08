/** `instance`, `service`, `zone`: what a searched list offers, in time whatever else is slow. */
import type { SlackOptionsMiddlewareArgs } from '@slack/bolt';
import type { Choice } from '../../../../application/choices.ts';
import { within } from '../../../../application/patience.ts';
import type { Picked } from '../../../../application/ports/picks.ts';
import { tidy } from '../../../../application/tidy.ts';
import { choiceOption } from '../../modals/choice-option.ts';
import { readSuggestion, type Suggestion } from '../../payloads/suggestion.ts';
import { isOutsider, standingSoon } from '../may-look.ts';
import type { ListenerTools } from '../tools.ts';

export type Searched = 'instance' | 'service' | 'zone';

/** Slack waits for 3 s, and the way there and back is not ours. */
const ANSWER_MS = 2_400;
/** Of that, for Redis: the lists can do without, the cloud needs the rest. */
const PICKS_MS = 350;
const LONGEST_VALUE = 75;

export const onSearch =
  (tools: ListenerTools, of: Searched) =>
  async ({ ack, body }: SlackOptionsMiddlewareArgs<'block_suggestion'>): Promise<void> => {
    const suggestion = readSuggestion(body);
    const [found, { modals }] = await Promise.all([
      within(tools.optionsMs ?? ANSWER_MS, search(suggestion, of, tools)),
      tools.messagesFor(suggestion.user),
    ]);
    if (found === undefined) tools.log.warn({ list: of }, 'a searched list was answered without its list');
    const offered = found ?? asTyped(suggestion.typed);
    await ack({ options: offered.map((choice) => choiceOption(choice, modals)) });
  };

async function search(suggestion: Suggestion, of: Searched, tools: ListenerTools): Promise<readonly Choice[]> {
  const { user, typed } = suggestion;
  const standing = await standingSoon(user, tools);
  if (standing !== 'member') {
    tools.log.warn({ list: of, user, standing }, 'a list is not shown to somebody who is not known as a member');
    return isOutsider(standing) ? [] : asTyped(typed);
  }
  const { account, service } = await pickedSoFar(suggestion, tools);
  switch (of) {
    case 'instance':
      return tools.choices.instances({ account, typed });
    case 'service':
      return tools.choices.services({ account, typed });
    case 'zone':
      return tools.choices.zones({ account, service, typed });
  }
}

async function pickedSoFar({ viewId, initially }: Suggestion, { picks, log }: ListenerTools): Promise<Picked> {
  if (viewId === undefined) return initially;
  const asked = picks.of(viewId).catch((error: unknown) => {
    log.warn({ view: viewId, error }, 'the picks of a form could not be read');
    return undefined;
  });
  return { ...initially, ...(await within(PICKS_MS, asked)) };
}

function asTyped(raw: string): readonly Choice[] {
  const id = tidy(raw);
  return id === '' || id.length > LONGEST_VALUE ? [] : [{ id, name: '' }];
}
