/** What the buttons that open a form have in common: acknowledge, read the record where it is needed, open. */
import type { AllMiddlewareArgs, BlockAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { Loaded } from '../../../../application/ports/requests.ts';
import { refusalAhead } from '../../../../application/refusal-ahead.ts';
import type { PersonCommand } from '../../../../domain/commands.ts';
import type { Request } from '../../../../domain/request.ts';
import { answerPrivately } from '../../answer-privately.ts';
import type { ButtonValue } from '../../blocks/button-value.ts';
import { type Click, readClick } from '../../payloads/click.ts';
import type { ClickMetadata } from '../../payloads/metadata.ts';
import { openModal } from '../open-modal.ts';
import type { ListenerTools } from '../tools.ts';

export type FormArgs = SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs;

/** Acknowledges; undefined, after an answer, for a button that does not name a request. */
export async function takeClick(
  { ack, body }: FormArgs,
  { texts, log }: ListenerTools,
): Promise<{ readonly click: Click; readonly value: ButtonValue; readonly metadata: ClickMetadata } | undefined> {
  const click = readClick(body);
  await ack();
  const { value, channel, responseUrl, card } = click;
  if (value === undefined) {
    await answerPrivately(responseUrl, texts.modals.clicks.unreadableButton, log, { action: click.actionId });
    return undefined;
  }
  const metadata = {
    request: value.id,
    revision: value.revision,
    ...(channel === undefined ? {} : { channel }),
    ...(responseUrl === undefined ? {} : { responseUrl }),
    ...(card === undefined ? {} : { card }),
  };
  return { click, value, metadata };
}

/** The request as it is now; undefined, after an answer, when the form would be of no use. */
export async function loadForForm(
  { user, actionId, responseUrl }: Click,
  { id }: ButtonValue,
  command: PersonCommand,
  { requests, texts, log, now }: ListenerTools,
): Promise<Request | undefined> {
  const about = { request: id, user, action: actionId };
  let loaded: Loaded;
  try {
    loaded = await requests.load(id);
  } catch (error) {
    log.error({ ...about, error }, 'a request could not be loaded for its form');
    await answerPrivately(responseUrl, texts.modals.clicks.notLoaded, log, about);
    return undefined;
  }
  const request = loaded.record?.request;
  const refusal =
    request === undefined ? ({ kind: 'no-such-request' } as const) : refusalAhead(request, command, now());
  if (refusal === undefined) return request;
  log.info({ ...about, refusal: refusal.kind }, 'a form was not opened');
  await answerPrivately(responseUrl, texts.clicks.answer(refusal, command.kind), log, about);
  return undefined;
}

export async function openForm(
  { user, actionId, triggerId, responseUrl }: Click,
  view: ModalView,
  { client }: Pick<AllMiddlewareArgs, 'client'>,
  { texts, log }: ListenerTools,
  request: string,
): Promise<void> {
  const about = { request, user, action: actionId };
  if (await openModal(client, triggerId, view, log, about)) return;
  await answerPrivately(responseUrl, texts.modals.clicks.formNotOpened, log, about);
}
