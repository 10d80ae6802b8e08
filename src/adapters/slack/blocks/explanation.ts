/** Who may approve and why, as lines of text. */
import type { Explained } from '../../../application/explain.ts';
import { cardPlaceOf } from '../../../application/record.ts';
import type { Messages } from '../../../messages/messages.ts';
import { namesIn } from '../../../messages/names-in.ts';

/** @returns mrkdwn. */
export function explanationLines(explained: Explained, messages: Messages): readonly string[] {
  const { explain, clicks, help, card } = messages;
  switch (explained.kind) {
    case 'not-for-you':
      return [clicks.answer({ kind: 'standing', standing: explained.standing }, 'show')];
    case 'no-such-request':
      return [help.noSuchRequest(explained.id)];
    case 'too-early':
      return [help.shownTooEarly(explained.id)];
    case 'ungoverned':
    case 'request': {
      const { record } = explained;
      const { request } = record;
      return [
        explain.aboutRequest(request, card.headline(request), cardPlaceOf(record)),
        ...(explained.kind === 'ungoverned'
          ? [explain.ungoverned]
          : explain.explained(explained.explanation, namesIn(explained.roster))),
      ];
    }
    case 'prospect':
      return prospectLines(explained, messages);
  }
}

function prospectLines(
  { account, instanceId, explanation, roster, prospects, unreadable }: Extract<Explained, { kind: 'prospect' }>,
  { explain }: Messages,
): readonly string[] {
  const [first, ...others] = prospects;
  const head =
    explanation !== undefined
      ? explain.explained(explanation, namesIn(roster))
      : [first.which.kind === 'unclear' ? explain.unclear(unreadable) : explain.noRule(account, instanceId)];
  return [explain.aboutProspect(account, instanceId), ...head, ...others.map(explain.otherwise)];
}
