/** A button, which asks first where it has to, and shows that it is working. */
import { useRef, useState } from 'preact/hooks';
import { asJson, asText } from '../../slack/model.ts';
import { Dialog } from './dialog.tsx';
import type { ElementProps } from './element.ts';
import { sendAllOf } from './fill.ts';
import { useScene } from './scene.ts';
import { TextObject } from './text.tsx';

export function Button({ element, block, place }: ElementProps) {
  const { act, me, words } = useScene();
  const [working, setWorking] = useState(false);
  const [asking, setAsking] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const isDead = place.kind === 'picture' || act === undefined || me === undefined;

  const press = async () => {
    if (isDead || working) return;
    setWorking(true);
    if (place.kind === 'view') await sendAllOf(place.view.id);
    const on = place.kind === 'view' ? { view: place.view.id } : { channel: place.channel, ts: place.ts };
    await act({ act: 'click', as: me.id, on, block, action: asText(element.action_id) });
    setWorking(false);
  };
  const confirm = element.confirm === undefined ? undefined : asJson(element.confirm);
  return (
    <>
      <button
        ref={button}
        type="button"
        class={['block-button', asText(element.style), working ? 'working' : ''].join(' ').trim()}
        aria-disabled={isDead}
        aria-busy={working}
        data-action={asText(element.action_id)}
        aria-label={element.accessibility_label === undefined ? undefined : asText(element.accessibility_label)}
        onClick={() => (confirm === undefined || isDead ? void press() : setAsking(true))}
      >
        <TextObject of={element.text} />
        {working ? <span class="spinner" role="status" aria-label={words.working} /> : null}
      </button>
      {asking && confirm !== undefined ? (
        <Dialog
          role="alertdialog"
          title={<TextObject of={confirm.title} />}
          onClose={() => {
            setAsking(false);
            button.current?.focus();
          }}
          closeWords={<TextObject of={confirm.deny} />}
          submitWords={<TextObject of={confirm.confirm} />}
          danger={confirm.style === 'danger'}
          onSubmit={async () => {
            setAsking(false);
            await press();
          }}
        >
          <p>
            <TextObject of={confirm.text} />
          </p>
        </Dialog>
      ) : null}
    </>
  );
}
