/** A notice to the requester; one that refuses offers to edit, and one about a lost card to post it again. */
import type { RequestEvent } from '../../../domain/events.ts';
import type { Request } from '../../../domain/request.ts';
import { messagesFor } from '../../../messages/messages-for.ts';
import { buttonValue } from './button-value.ts';
import { button, paragraphsView } from './elements.ts';
import type { MessageView, PresentationContext } from './presentation.ts';

/** @param card permalink of the card. */
export function noticeView(
  event: RequestEvent,
  request: Request,
  card: string | undefined,
  { locale }: PresentationContext,
): MessageView {
  const { notices, card: words } = messagesFor(locale);
  const paragraphs = notices.paragraphs(event, { request, ...(card === undefined ? {} : { card }) });
  if (event.type === 'card-not-findable') {
    return paragraphsView(paragraphs, [button('repost_card', words.buttons.repost, buttonValue(request))]);
  }
  // By the time it is sent the request may have been edited already.
  const edit = request.status === 'refused' && refuses(event);
  return paragraphsView(paragraphs, edit ? [button('edit', words.buttons.edit, buttonValue(request))] : []);
}

function refuses(event: RequestEvent): boolean {
  const ruled = event.type === 'submitted' || event.type === 'edited';
  return event.type === 'refused' || (ruled && event.ruling.kind === 'refused');
}
