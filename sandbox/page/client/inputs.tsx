/** What is typed and what is chosen from buttons in a form. */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { asJson, asList, asText } from '../../slack/model.ts';
import type { ElementProps } from './element.ts';
import { useFill } from './fill.ts';
import { plain, TextObject } from './text.tsx';

/** What is typed goes out once the hands rest, and before anything is submitted. */
const REST_MS = 250;

export function PlainTextInput({ element, block, place, state, labelledBy, describedBy, invalid }: ElementProps) {
  const { fill, beforeSubmit, isDead } = useFill(block, place);
  const isFocused = useRef(false);
  const filled = asText(state?.value ?? element.initial_value);
  const [text, setText] = useState(filled);
  const unsent = useRef<string | undefined>(undefined);
  /** One after the other, so that what was typed last is what stays. */
  const sending = useRef<Promise<void>>(Promise.resolve());
  const send = useRef<() => Promise<void>>(async () => {});
  send.current = () => {
    const value = unsent.current;
    unsent.current = undefined;
    if (value !== undefined) sending.current = sending.current.then(() => fill(value));
    return sending.current;
  };
  // Before anybody can type: what is typed at once is submitted, too.
  useLayoutEffect(() => beforeSubmit(() => send.current()), [beforeSubmit]);
  useEffect(() => {
    if (unsent.current === undefined) return;
    const timer = setTimeout(() => void send.current(), REST_MS);
    return () => clearTimeout(timer);
  }, [text]);
  // Somebody else filled it in, such as the tour.
  useEffect(() => {
    if (unsent.current === undefined && !isFocused.current) setText(filled);
  }, [filled]);

  const common = {
    value: text,
    placeholder: plain(asText(asJson(element.placeholder).text)),
    'aria-labelledby': labelledBy,
    'aria-describedby': describedBy,
    'aria-invalid': invalid,
    readOnly: isDead,
    maxLength: element.max_length === undefined ? undefined : Number(element.max_length),
    onInput: (event: { currentTarget: { value: string } }) => {
      unsent.current = event.currentTarget.value;
      setText(event.currentTarget.value);
    },
    onFocus: () => {
      isFocused.current = true;
    },
    onBlur: () => {
      isFocused.current = false;
      void send.current();
    },
  };
  return element.multiline === true ? <textarea rows={3} {...common} /> : <input type="text" {...common} />;
}

export function RadioButtons({ element, block, place, state, labelledBy, describedBy }: ElementProps) {
  const { fill, isDead } = useFill(block, place);
  const chosen = asJson(state?.selected_option ?? element.initial_option).value;
  const name = `${place.kind === 'view' ? place.view.id : 'picture'}-${asText(block.block_id)}-${asText(element.action_id)}`;
  return (
    <div role="radiogroup" aria-labelledby={labelledBy} aria-describedby={describedBy} class="radios">
      {asList(element.options).map((option) => (
        <label key={asText(option.value)}>
          <input
            type="radio"
            name={name}
            checked={option.value === chosen}
            disabled={isDead}
            onChange={() => void fill(asText(option.value))}
          />
          <span>
            <TextObject of={option.text} />
            {option.description === undefined ? null : (
              <span class="description">
                <TextObject of={option.description} />
              </span>
            )}
          </span>
        </label>
      ))}
    </div>
  );
}
