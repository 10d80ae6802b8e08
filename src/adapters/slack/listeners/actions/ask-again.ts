/** `ask_again`: opens the form for a new request with what an ended one asked for. */
import type { Loaded } from '../../../../application/ports/requests.ts';
import { createEndpointModal } from '../../modals/create-endpoint.ts';
import type { ListenerTools } from '../tools.ts';
import { openForm, takeClick, thenAcknowledge } from './form-opener.ts';

export const onAskAgain = (tools: ListenerTools) =>
  thenAcknowledge(async (args) => {
    const { accounts, choices, requests, log, messagesFor, answerPrivately } = tools;
    const taken = await takeClick(args, 'submit', tools);
    if (taken === undefined) return;
    const { click, value } = taken;
    const about = { request: value.id, user: click.user, action: click.actionId };
    const { modals, clicks } = await messagesFor(click.user);
    let loaded: Loaded;
    try {
      loaded = await requests.load(value.id);
    } catch (error) {
      log.error({ ...about, error }, 'a request could not be loaded to be asked again');
      return answerPrivately(click, modals.clicks.notLoaded, about);
    }
    const asked = loaded.record?.request.asked;
    if (asked === undefined) {
      return answerPrivately(click, clicks.answer({ kind: 'no-such-request' }, 'submit'), about);
    }
    const { account, instanceId: instance, serviceId: service, zoneId: zone } = asked.operation;
    const modal = createEndpointModal(
      {
        metadata: { request: tools.newRequestId() },
        typed: { instance, service, zone },
        account,
        accounts,
        before: asked,
      },
      choices.known,
      modals,
    );
    await openForm(click, modal, args, tools, value.id);
    choices.warm(account, service);
  });
