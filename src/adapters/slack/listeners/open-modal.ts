/** Opens a form, once: a trigger is good for one form within three seconds. */
import type { webApi } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { Log } from '../../../application/ports/log.ts';
import { troubleOf } from '../trouble.ts';

/** Whether it opened, here or for another delivery of the same click. */
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
    const trouble = troubleOf(error);
    // Somebody used the trigger before: the same delivery came to another process, and that one opened the form.
    if (trouble.kind === 'refused' && trouble.error === 'exchanged_trigger_id') return true;
    log.warn({ ...about, modal: view.callback_id, error }, 'a form did not open');
    return false;
  }
}
