/** From a record and one of its messages to what Slack is given: exhaustive over what a message can be about. */
import type { MessageMetadata } from '@slack/types';
import { cardAt, localeOfReader, type Outgoing, type RequestRecord } from '../../../application/record.ts';
import { messagesFor } from '../../../messages/messages-for.ts';
import { cardView, plainCard } from './card.ts';
import { paragraphsView } from './elements.ts';
import { noticeView } from './notice.ts';
import type { MessageView, PresentationContext } from './presentation.ts';
import { resultView } from './result.ts';
import { threadView } from './thread.ts';

export interface OutgoingMessage extends MessageView {
  readonly metadata: MessageMetadata;
}

const CARD_EVENT = 'vpc_endpoint_request';
const MESSAGE_EVENT = 'vpc_endpoint_message';

/** @param plain text alone. */
export function outgoingMessage(
  outgoing: Outgoing,
  record: RequestRecord,
  plain: boolean,
  inChannels: PresentationContext,
): OutgoingMessage {
  const locale = localeOfReader(outgoing, record) ?? inChannels.locale;
  const presentation = { ...inChannels, locale };
  const view = viewOf(outgoing, record, presentation);
  const metadata = metadataOf(outgoing, record);
  if (!plain) return { ...view, metadata };
  const text =
    outgoing.about.kind === 'card' || outgoing.about.kind === 'copy'
      ? plainCard(record.request, presentation)
      : view.text;
  return { text, blocks: [], metadata };
}

function viewOf({ about }: Outgoing, record: RequestRecord, presentation: PresentationContext): MessageView {
  const { request } = record;
  const { clicks, operators } = messagesFor(presentation.locale);
  const link = cardAt(record)?.permalink;
  const facts = { request, ...(link === undefined ? {} : { card: link }) };
  switch (about.kind) {
    case 'card':
    case 'copy':
      return cardView(request, presentation);
    case 'result':
      // Only a success is announced as a result, and nothing leaves that status.
      if (request.status !== 'succeeded') throw new Error(`a result in status ${request.status}`);
      return resultView(request, link, presentation);
    case 'thread':
      return threadView(about.told, request, presentation);
    case 'notice':
      return noticeView(about.told.event, request, link, presentation);
    case 'audit-line':
      return paragraphsView([operators.auditLine(about.told.event, facts)]);
    case 'alert':
      return paragraphsView(operators.alert(about.told.event, facts));
    case 'answer':
      return paragraphsView([clicks.answer(about.refusal, about.command)]);
    case 'receipt':
      return paragraphsView([clicks.receipt(about.command)]);
  }
}

function metadataOf({ about, key }: Outgoing, { request }: RequestRecord): MessageMetadata {
  return about.kind === 'card'
    ? { event_type: CARD_EVENT, event_payload: { request_id: request.id, revision: request.revision, message: key } }
    : { event_type: MESSAGE_EVENT, event_payload: { request_id: request.id, message: key } };
}
