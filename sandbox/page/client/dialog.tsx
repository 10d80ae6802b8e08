/** A dialog over one pane: takes the focus and gives it back, closes on Escape; a question keeps the focus inside. */
import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useScene } from './scene.ts';

const FOCUSABLE = 'button, input, textarea, a[href], [tabindex="0"]';

export interface DialogProps {
  readonly title: ComponentChildren;
  readonly children: ComponentChildren;
  readonly role?: 'dialog' | 'alertdialog';
  /** `all`: the cross, which leaves everything; otherwise one step back. */
  readonly onClose: (all: boolean) => void;
  readonly closeWords?: ComponentChildren;
  readonly submitWords?: ComponentChildren;
  readonly onSubmit?: () => Promise<unknown>;
  readonly danger?: boolean;
  readonly name?: string;
}

export function Dialog({
  title,
  children,
  role = 'dialog',
  onClose,
  closeWords,
  submitWords,
  onSubmit,
  danger = false,
  name,
}: DialogProps) {
  const { words } = useScene();
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const [working, setWorking] = useState(false);
  // On the button that goes on: what is to be filled in first says so itself.
  useLayoutEffect(() => {
    const before = document.activeElement;
    const submit = box.current?.querySelector<HTMLElement>('.dialog-foot .primary, .dialog-foot .danger');
    (submit ?? box.current)?.focus();
    return () => {
      // Once what was covered can be focused again.
      setTimeout(() => {
        if (before instanceof HTMLElement && before.isConnected) before.focus();
      });
    };
  }, []);

  // A form covers its own pane, which is inert meanwhile; the rest of the page stays in reach.
  const isModal = role === 'alertdialog';
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      onClose(false);
    } else if (event.key === 'Tab' && isModal) keepInside(event, box.current);
  };
  const submit = async () => {
    if (onSubmit === undefined || working) return;
    setWorking(true);
    await onSubmit();
    setWorking(false);
  };
  return (
    <div class="dialog-ground">
      <div
        ref={box}
        class="dialog"
        role={role}
        aria-modal={isModal}
        aria-labelledby={id}
        tabIndex={-1}
        onKeyDown={onKeyDown}
        data-view={name}
      >
        <div class="dialog-head">
          <h2 id={id}>{title}</h2>
          <button type="button" class="plain" aria-label={words.close} onClick={() => onClose(true)}>
            ×
          </button>
        </div>
        <div class="dialog-body">{children}</div>
        <div class="dialog-foot">
          {closeWords === undefined ? null : (
            <button type="button" class="block-button" onClick={() => onClose(false)}>
              {closeWords}
            </button>
          )}
          {submitWords === undefined ? null : (
            <button
              type="button"
              class={`block-button ${danger ? 'danger' : 'primary'}${working ? ' working' : ''}`}
              aria-busy={working}
              data-submit
              onClick={() => void submit()}
            >
              {submitWords}
              {working ? <span class="spinner" role="status" aria-label={words.working} /> : null}
            </button>
          )}
        </div>
      </div>
    </div>
  );
}

function keepInside(event: KeyboardEvent, box: HTMLElement | null): void {
  const all = [...(box?.querySelectorAll<HTMLElement>(FOCUSABLE) ?? [])].filter(
    ({ tabIndex, offsetParent }) => tabIndex >= 0 && offsetParent !== null,
  );
  const edge = event.shiftKey ? all[0] : all.at(-1);
  const other = event.shiftKey ? all.at(-1) : all[0];
  if (document.activeElement !== edge && all.includes(document.activeElement as HTMLElement)) return;
  event.preventDefault();
  other?.focus();
}
