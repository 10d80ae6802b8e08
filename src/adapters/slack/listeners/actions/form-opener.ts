/** What the buttons that open a form have in common: read the record where it is needed, open, acknowledge. */
import type { AllMiddlewareArgs, BlockAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { within } from '../../../../application/patience.ts';
import { type Loaded, UnreadableRequest } from '../../../../application/ports/requests.ts';
import { refusalAhead } from '../../../../application/refusal-ahead.ts';
import type { PersonCommand } from '../../../../domain/commands.ts';
import type { Request } from '../../../../domain/request.ts';
import type { ButtonValue } from '../../blocks/button-value.ts';
import { type Click, readClick } from '../../payloads/click.ts';
import type { ClickMetadata } from '../../payloads/metadata.ts';
import { isOutsider, standingSoon } from '../may-look.ts';
import { openModal } from '../open-modal.ts';
import type { ListenerTools } from '../tools.ts';

export type FormArgs = SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs;

/** Slack waits for 3 s. */
const ACK_AFTER_MS = 1_500;

/**
 * Acknowledges once the form is open, or the person was answered: should this process die before, Slack itself says
 * that nothing happened. What takes longer goes on after the ack.
 */
export function thenAcknowledge(work: (args: FormArgs) => Promise<void>): (args: FormArgs) => Promise<void> {
  return async (args) => {
    const done = work(args);
    await within(ACK_AFTER_MS, done);
    await args.ack();
    await done;
  };
}

/** Undefined, after an answer, for a button that does not name a request, or is not theirs to click. */
export async function takeClick(
  { body }: FormArgs,
  kind: PersonCommand['kind'],
  tools: ListenerTools,
): Promise<{ readonly click: Click; readonly value: ButtonValue; readonly metadata: ClickMetadata } | undefined> {
  const { messagesFor, log, answerPrivately } = tools;
  const click = readClick(body);
  const { value, channel, responseUrl, card } = click;
  if (value === undefined) {
    log.warn({ user: click.user, action: click.actionId }, 'a click on a button that names no request');
    const { modals } = await messagesFor(click.user);
    await answerPrivately(click, modals.clicks.unreadableButton, { action: click.actionId });
    return undefined;
  }
  const standing = await standingSoon(click.user, tools);
  if (isOutsider(standing)) {
    const about = { request: value.id, user: click.user, action: click.actionId };
    log.info({ ...about, standing }, 'a form was not opened');
    const { clicks } = await messagesFor(click.user);
    await answerPrivately(click, clicks.answer({ kind: 'standing', standing }, kind), about);
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
  click: Click,
  { id }: ButtonValue,
  command: PersonCommand,
  { requests, messagesFor, log, now, answerPrivately }: ListenerTools,
): Promise<Request | undefined> {
  const about = { request: id, user: click.user, action: click.actionId };
  let loaded: Loaded;
  try {
    loaded = await requests.load(id);
  } catch (error) {
    log.error({ ...about, error }, 'a request could not be loaded for its form');
    const { modals } = await messagesFor(click.user);
    const isUnreadable = error instanceof UnreadableRequest;
    await answerPrivately(click, isUnreadable ? modals.unreadable : modals.clicks.notLoaded, about);
    return undefined;
  }
  const request = loaded.record?.request;
  const refusal =
    request === undefined ? ({ kind: 'no-such-request' } as const) : refusalAhead(request, command, now());
  if (refusal === undefined) return request;
  log.info({ ...about, refusal: refusal.kind }, 'a form was not opened');
  const { clicks } = await messagesFor(click.user);
  await answerPrivately(click, clicks.answer(refusal, command.kind), about);
  return undefined;
}

export async function openForm(
  click: Click,
  view: ModalView,
  { client }: Pick<AllMiddlewareArgs, 'client'>,
  { messagesFor, log, answerPrivately }: ListenerTools,
  request: string,
): Promise<void> {
  const about = { request, user: click.user, action: click.actionId };
  if (await openModal(client, click.triggerId, view, log, about)) return;
  const { modals } = await messagesFor(click.user);
  await answerPrivately(click, modals.clicks.formNotOpened, about);
}
