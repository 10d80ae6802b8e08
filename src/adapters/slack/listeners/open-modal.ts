/** Opens a form, once: a trigger is good for one form within three seconds. */
import type { webApi } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { Log } from '../../../application/ports/log.ts';

/** Whether it surely opened. */
export async function openModal(
  client: webApi.WebClient,
  triggerId: string,
  view: ModalView,
  log: Log,
  about: Readonly<Record<string, unknown>>,
): Promise<boolean> {
  try {
    await client.views.open({ trigger_id: triggerId, view });
    return true;
  } catch (error) {
    log.warn({ ...about, modal: view.callback_id, error }, 'a form did not open');
    return false;
  }
}
