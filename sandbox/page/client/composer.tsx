/** The message box, which completes the slash command. */
import { useId, useRef, useState } from 'preact/hooks';
import { useScene } from './scene.ts';

const COMMANDS = [
  ['/vpc-endpoint create', '[instance] [service] [zone]'],
  ['/vpc-endpoint show', '[request]'],
  ['/vpc-endpoint pending', ''],
  ['/vpc-endpoint who-can-approve', '[instance] …'],
  ['/vpc-endpoint doctor', ''],
  ['/vpc-endpoint help', ''],
] as const;

export function Composer({
  channel,
  place,
  thread,
}: {
  readonly channel: string;
  readonly place: string;
  readonly thread?: string;
}) {
  const { words, act, me } = useScene();
  const id = useId();
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const box = useRef<HTMLInputElement>(null);
  const isTyped = text.startsWith('/') && thread === undefined;
  const offered = isTyped
    ? COMMANDS.filter(([command]) => command.startsWith(text.trimEnd()) && command !== text.trimEnd())
    : [];

  // `/vpc-endpoint` alone shows the help; less than that is no command.
  const isWhole = /^\/vpc-endpoint(\s|$)/.test(text);

  const send = async () => {
    if (text.trim() === '' || act === undefined || me === undefined) return;
    setText('');
    const done = await act({ act: 'type', as: me.id, channel, text, ...(thread === undefined ? {} : { thread }) });
    // The pane says why not.
    if (!done.ok) setText(text);
  };
  const complete = (command: string) => {
    setText(`${command} `);
    setActive(0);
    box.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? offered.length - 1 : 0;
    if (offered.length > 0 && step > 0) {
      event.preventDefault();
      setActive((active + step) % offered.length);
    } else if (offered.length > 0 && (event.key === 'Tab' || (event.key === 'Enter' && !isWhole))) {
      event.preventDefault();
      complete(offered[active]?.[0] ?? text);
    } else if (event.key === 'Enter' && !event.isComposing) {
      event.preventDefault();
      void send();
    }
  };
  const label = thread === undefined ? words.messageTo(place) : words.replyHere;
  return (
    <div class="composer">
      <div class="commands" role="listbox" id={`${id}-list`} aria-label="/vpc-endpoint" hidden={offered.length === 0}>
        {offered.map(([command, hint], index) => (
          <div
            key={command}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === active}
            onMouseDown={(event) => {
              event.preventDefault();
              complete(command);
            }}
          >
            <strong>{command}</strong> <span>{hint}</span>
          </div>
        ))}
      </div>
      <div class="composer-row">
        <input
          ref={box}
          type="text"
          role="combobox"
          aria-expanded={offered.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={offered.length > 0 ? `${id}-${active}` : undefined}
          aria-label={label}
          placeholder={thread === undefined ? `${label} · /vpc-endpoint ${words.usage}` : label}
          autocomplete="off"
          value={text}
          onInput={(event) => {
            setText(event.currentTarget.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
        />
        <button type="button" class="block-button primary" onClick={() => void send()} disabled={text.trim() === ''}>
          {words.send}
        </button>
      </div>
    </div>
  );
}
