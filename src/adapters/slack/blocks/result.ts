/** The result: the endpoint's domain, where the requester wanted it. */
import type { Succeeded } from '../../../domain/request.ts';
import { messagesFor } from '../../../messages/messages-for.ts';
import { codeBlock } from '../../../messages/mrkdwn.ts';
import { paragraphsView } from './elements.ts';
import type { MessageView, PresentationContext } from './presentation.ts';

/** @param card permalink of the card. */
export function resultView(request: Succeeded, card: string | undefined, { locale }: PresentationContext): MessageView {
  const { result } = messagesFor(locale);
  const { domain } = request.endpoint;
  return paragraphsView([
    result.headline(request),
    domain === '' ? '' : codeBlock(domain, 300),
    result.details(request).join('\n'),
    result.usage(request).join('\n'),
    card === undefined ? '' : result.cardLink(card),
  ]);
}
