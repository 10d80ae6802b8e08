/** Menus that can be searched: with their own options, with the bot's, or with channels. */
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { asJson, asList, asText, type Json, type Option } from '../../slack/model.ts';
import type { ElementProps } from './element.ts';
import { useFill } from './fill.ts';
import { useScene } from './scene.ts';
import { plain } from './text.tsx';

/** The bot is asked once the hands rest. */
const REST_MS = 150;

export function StaticSelect(props: ElementProps) {
  const { element, state } = props;
  const grouped = asList(element.option_groups).flatMap((group) => asList(group.options));
  const options = [...asList(element.options), ...grouped] as Option[];
  const search = async (text: string) =>
    options.filter((option) => labelOf(option).toLowerCase().includes(text.toLowerCase()));
  const chosen = asJson(state?.selected_option ?? element.initial_option);
  return <Combobox {...props} chosen={labelOf(chosen)} search={search} take={({ value }) => value} />;
}

export function ExternalSelect(props: ElementProps) {
  const { element, state } = props;
  const { search } = useFill(props.block, props.place);
  const chosen = asJson(state?.selected_option ?? element.initial_option);
  return <Combobox {...props} chosen={labelOf(chosen)} search={search} take={(option) => option} />;
}

export function ConversationsSelect(props: ElementProps) {
  const { knowledge, channel, me } = useScene();
  const chosen = channel(asText(props.state?.selected_conversation ?? props.element.initial_conversation));
  const search = async (text: string) =>
    knowledge
      .all('channel')
      .filter(({ dmOf, isArchived, seenBy, name }) => {
        return (
          dmOf === undefined && !isArchived && seenBy.includes(me?.id ?? '') && name.includes(text.replace(/^#/, ''))
        );
      })
      .map(({ id, name }): Option => ({ text: { type: 'plain_text', text: `#${name}` }, value: id }));
  const label = chosen === undefined ? '' : chosen.dmOf === undefined ? `#${chosen.name}` : 'DM';
  return <Combobox {...props} chosen={label} search={search} take={({ value }) => value} />;
}

interface ComboboxProps extends ElementProps {
  readonly chosen: string;
  readonly search: (text: string) => Promise<readonly Option[]>;
  /** What is filled in for an option that was chosen. */
  readonly take: (option: Option) => string | Option;
}

function Combobox(props: ComboboxProps) {
  const { element, block, place, labelledBy, describedBy, invalid, chosen, search, take } = props;
  const { fill, isDead } = useFill(block, place);
  const { words } = useScene();
  const id = useId();
  const [text, setText] = useState<string>();
  const [found, setFound] = useState<readonly Option[]>();
  const [active, setActive] = useState(0);
  const asked = useRef(0);
  const isOpen = text !== undefined;

  // At once: Enter takes nothing that was found for what was typed before.
  useLayoutEffect(() => {
    if (text === undefined) return;
    asked.current += 1;
    const mine = asked.current;
    setFound(undefined);
    const timer = setTimeout(
      async () => {
        const options = await search(text);
        // An answer to what was typed before comes too late.
        if (asked.current !== mine) return;
        setFound(options);
        setActive(0);
      },
      text === '' ? 0 : REST_MS,
    );
    return () => clearTimeout(timer);
  }, [text]);

  useEffect(() => {
    document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: 'nearest' });
  }, [active]);

  const close = () => {
    asked.current += 1;
    setText(undefined);
  };
  const choose = async (option: Option | undefined) => {
    if (option === undefined) return;
    close();
    await fill(take(option));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (isDead) return;
    const count = found?.length ?? 0;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!isOpen) setText('');
      else if (count > 0) setActive((active + (event.key === 'ArrowDown' ? 1 : count - 1)) % count);
    } else if (event.key === 'Enter' && isOpen) {
      event.preventDefault();
      void choose(found?.[active]);
    } else if (event.key === 'Escape' && isOpen) {
      event.stopPropagation();
      close();
    }
  };
  return (
    <div class="combobox">
      <input
        type="text"
        role="combobox"
        autocomplete="off"
        aria-expanded={isOpen}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && found !== undefined && found.length > 0 ? `${id}-${active}` : undefined}
        aria-labelledby={labelledBy}
        aria-label={
          labelledBy === undefined ? plain(asText(asJson(element.placeholder).text)) || words.choose : undefined
        }
        aria-describedby={describedBy}
        aria-invalid={invalid}
        placeholder={isOpen && chosen !== '' ? chosen : plain(asText(asJson(element.placeholder).text)) || words.choose}
        readOnly={isDead}
        value={text ?? chosen}
        onClick={() => !isDead && !isOpen && setText('')}
        onInput={(event) => setText(event.currentTarget.value)}
        onBlur={close}
        onKeyDown={onKeyDown}
      />
      {block.optional === true && chosen !== '' && !isDead ? (
        <button type="button" class="plain clear" aria-label={words.clear} onClick={() => void fill(null)}>
          ×
        </button>
      ) : null}
      <div class="options" id={`${id}-list`} role="listbox" aria-label={words.choose} hidden={!isOpen}>
        {isOpen ? <Options id={id} found={found} active={active} choose={(option) => void choose(option)} /> : null}
      </div>
    </div>
  );
}

interface OptionsProps {
  readonly id: string;
  readonly found: readonly Option[] | undefined;
  readonly active: number;
  readonly choose: (option: Option) => void;
}

function Options({ id, found, active, choose }: OptionsProps) {
  const { words } = useScene();
  if (found === undefined || found.length === 0) {
    return (
      <div class="nothing" role="option" aria-selected="false" aria-disabled="true">
        {found === undefined ? words.searching : words.noResults}
      </div>
    );
  }
  return (
    <>
      {found.map((option, index) => (
        <div
          key={option.value}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          data-value={option.value}
          // Before the blur that would close the list.
          onMouseDown={(event) => {
            event.preventDefault();
            choose(option);
          }}
        >
          {labelOf(option)}
          {option.description === undefined ? null : (
            <span class="description">{plain(asText(asJson(option.description).text))}</span>
          )}
        </div>
      ))}
    </>
  );
}

function labelOf(option: Json): string {
  return plain(asText(asJson(option.text).text));
}
