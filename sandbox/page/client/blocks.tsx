/** Block Kit as the bot uses it; a block that this page does not know is a loud error. */
import { asJson, asList, asText, type ElementState, type Json } from '../../slack/model.ts';
import { Button } from './button.tsx';
import type { ElementProps, Place } from './element.ts';
import { PlainTextInput, RadioButtons } from './inputs.tsx';
import { useScene } from './scene.ts';
import { ConversationsSelect, ExternalSelect, StaticSelect } from './selects.tsx';
import { TextObject } from './text.tsx';

export function Blocks({ blocks, place }: { readonly blocks: readonly Json[]; readonly place: Place }) {
  return (
    <div class="blocks">
      {blocks.map((block, index) => (
        // The bot names its inputs only; Slack gives all others another id with each update.
        <Block key={block.type === 'input' ? asText(block.block_id) : index} block={block} place={place} />
      ))}
    </div>
  );
}

function Block({ block, place }: { readonly block: Json; readonly place: Place }) {
  switch (block.type) {
    case 'section':
      return <Section block={block} place={place} />;
    case 'header':
      return (
        <h3 class="header-block">
          <TextObject of={block.text} />
        </h3>
      );
    case 'divider':
      return <hr />;
    case 'context':
      return (
        <div class="context-block">
          {asList(block.elements).map((element, index) => (
            <span key={index}>
              <TextObject of={element} />
            </span>
          ))}
        </div>
      );
    case 'actions':
      return (
        <div class="actions-block">
          {asList(block.elements).map((element) => (
            <Element
              key={asText(element.action_id)}
              element={element}
              block={block}
              place={place}
              state={stateOf(element, block, place)}
            />
          ))}
        </div>
      );
    case 'input':
      return <Input block={block} place={place} />;
    default:
      return <Unknown type={asText(block.type)} />;
  }
}

function Section({ block, place }: { readonly block: Json; readonly place: Place }) {
  const accessory = block.accessory === undefined ? undefined : asJson(block.accessory);
  return (
    <div class="section-block">
      <div class="section-text">
        {block.text === undefined ? null : <TextObject of={block.text} />}
        {block.fields === undefined ? null : (
          <div class="fields">
            {asList(block.fields).map((field, index) => (
              <div key={index}>
                <TextObject of={field} />
              </div>
            ))}
          </div>
        )}
      </div>
      {accessory === undefined ? null : (
        <Element element={accessory} block={block} place={place} state={stateOf(accessory, block, place)} />
      )}
    </div>
  );
}

function Input({ block, place }: { readonly block: Json; readonly place: Place }) {
  const { words } = useScene();
  const element = asJson(block.element);
  const id = `${place.kind === 'view' ? place.view.id : 'picture'}-${asText(block.block_id)}`;
  const error = place.kind === 'view' ? place.view.errors[asText(block.block_id)] : undefined;
  const hint = block.hint === undefined ? undefined : `${id}-hint`;
  const described = [hint, error === undefined ? undefined : `${id}-error`]
    .filter((each) => each !== undefined)
    .join(' ');
  return (
    <div class={error === undefined ? 'input-block' : 'input-block wrong'} data-block={asText(block.block_id)}>
      <div class="label" id={`${id}-label`}>
        <TextObject of={block.label} />
        {block.optional === true ? <span class="optional"> {words.optional}</span> : null}
      </div>
      <Element
        element={element}
        block={block}
        place={place}
        state={stateOf(element, block, place)}
        labelledBy={`${id}-label`}
        describedBy={described === '' ? undefined : described}
        invalid={error !== undefined}
      />
      {error === undefined ? null : (
        <div class="error" id={`${id}-error`} role="alert">
          {error}
        </div>
      )}
      {hint === undefined ? null : (
        <div class="hint" id={hint}>
          <TextObject of={block.hint} />
        </div>
      )}
    </div>
  );
}

function Element(props: ElementProps) {
  const type = asText(props.element.type);
  switch (type) {
    case 'button':
      return <Button {...props} />;
    case 'static_select':
      return <StaticSelect {...props} />;
    case 'external_select':
      return <ExternalSelect {...props} />;
    case 'conversations_select':
      return <ConversationsSelect {...props} />;
    case 'radio_buttons':
      return <RadioButtons {...props} />;
    case 'plain_text_input':
      return <PlainTextInput {...props} />;
    default:
      return <Unknown type={type} />;
  }
}

function stateOf(element: Json, block: Json, place: Place): ElementState | undefined {
  if (place.kind !== 'view') return undefined;
  return place.view.values[asText(block.block_id)]?.[asText(element.action_id)];
}

function Unknown({ type }: { readonly type: string }) {
  const { words } = useScene();
  return (
    <div class="unknown-block" role="alert">
      {words.unknownBlock(type)}
    </div>
  );
}
