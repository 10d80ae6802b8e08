/** Messages and modals as lines of plain text, as a person would read them. */
import type { Json, Message, View } from '../model.ts';
import { asJson, asList, asText } from '../model.ts';
import { offeredOptions } from '../validate/offered.ts';
import { shownValue } from '../view-state.ts';
import type { Names } from './mrkdwn.ts';
import { plainFromMrkdwn, plainText } from './mrkdwn.ts';

export type { Names } from './mrkdwn.ts';

/** The body of a message: its blocks, or its text where it has none. */
export function renderMessage(message: Pick<Message, 'text' | 'blocks'>, names: Names): string[] {
  if (message.blocks.length === 0) return plainFromMrkdwn(message.text, names).split('\n');
  return message.blocks.flatMap((block) => renderBlock(block, names));
}

/** A modal, or Home: its title, its blocks with what is filled in, its errors, its buttons. */
export function renderView(view: View, names: Names): string[] {
  const title = view.type === 'home' ? 'Home' : textObject(view.title, names);
  const body = view.blocks.flatMap((block) =>
    block.type === 'input' ? renderInput(block, view, names) : renderBlock(block, names),
  );
  const buttons = [view.close, view.submit]
    .filter((one) => one !== undefined)
    .map((one) => button(textObject(one, names)));
  return [`┌ ${title}`, ...body.map((line) => `│ ${line}`.trimEnd()), `└ ${buttons.join('  ')}`.trimEnd()];
}

function renderBlock(block: Json, names: Names): string[] {
  switch (block.type) {
    case 'header':
      return [textObject(block.text, names).toUpperCase()];
    case 'divider':
      return ['────────'];
    case 'section':
      return renderSection(block, names);
    case 'context':
      return [
        asList(block.elements)
          .map((item) => contextItem(item, names))
          .join('  '),
      ].flatMap((line) => line.split('\n'));
    case 'actions':
      return [
        asList(block.elements)
          .map((item) => renderElement(item, names))
          .join('  '),
      ];
    case 'image':
      return [`(image: ${asText(block.alt_text)})`];
    case 'input':
      return [`${textObject(block.label, names)}: ${renderElement(asJson(block.element), names)}`];
    case 'rich_text':
      return richText(block.elements, names).split('\n');
    default:
      return [`(${asText(block.type)})`];
  }
}

function renderSection(block: Json, names: Names): string[] {
  const text = block.text === undefined ? [] : textObject(block.text, names).split('\n');
  // A field is usually "*label*\nvalue": on one line it reads as a table would.
  const fields = asList(block.fields).map((field) =>
    textObject(field, names)
      .replace(/^(\*[^*\n]+\*)\n/, '$1 ')
      .split('\n'),
  );
  const accessory = block.accessory === undefined ? [] : [renderElement(asJson(block.accessory), names)];
  return [...text, ...fields.flat(), ...accessory];
}

function renderInput(block: Json, view: View, names: Names): string[] {
  const blockId = asText(block.block_id);
  const element = asJson(block.element);
  const state = view.values[blockId]?.[asText(element.action_id)];
  const filled = shownValue(state);
  const channel = /conversation|channel/.test(asText(element.type)) ? names.channel(filled) : undefined;
  const person = asText(element.type).includes('users') ? names.user(filled) : undefined;
  const value = channel ? `#${channel}` : person ? `@${person}` : plainText(filled);
  const empty = textObject(element.placeholder, names);
  const label = `${textObject(block.label, names)}${block.optional === true ? ' (optional)' : ''}`;
  const error = view.errors[blockId];
  const options =
    element.type === 'radio_buttons' ? radios(element, asJson(state?.selected_option).value, names) : undefined;
  return [
    `${label}: ${options ?? (value === '' ? `‹${empty || 'empty'}›` : value)}`,
    ...(block.hint === undefined ? [] : [`  (${textObject(block.hint, names)})`]),
    ...(error === undefined ? [] : [`  ! ${error}`]),
  ];
}

const radios = (element: Json, chosen: unknown, names: Names): string =>
  (offeredOptions(element) ?? [])
    .map((option) => `${option.value === chosen ? '(•)' : '( )'} ${textObject(option.text, names)}`)
    .join('  ');

const button = (label: string): string => `[ ${label} ]`;

function renderElement(element: Json, names: Names): string {
  const type = asText(element.type);
  if (type === 'button') return button(textObject(element.text, names));
  if (type === 'image') return `(image: ${asText(element.alt_text)})`;
  if (type === 'overflow') {
    return `[ ⋯ ${(offeredOptions(element) ?? []).map((option) => textObject(option.text, names)).join(' | ')} ]`;
  }
  return `[ ${textObject(element.placeholder, names) || type} ▾ ]`;
}

const contextItem = (item: Json, names: Names): string =>
  item.type === 'image' ? `(${asText(item.alt_text)})` : textObject(item, names);

function textObject(value: unknown, names: Names): string {
  const { type, text } = asJson(value);
  return type === 'mrkdwn' ? plainFromMrkdwn(asText(text), names) : plainText(asText(text));
}

function richText(elements: unknown, names: Names): string {
  return asList(elements)
    .map((part) => {
      switch (part.type) {
        case 'text':
          return asText(part.text);
        case 'user':
          return `@${names.user(asText(part.user_id)) ?? asText(part.user_id)}`;
        case 'channel':
          return `#${names.channel(asText(part.channel_id)) ?? asText(part.channel_id)}`;
        case 'usergroup':
          return `@${names.userGroup(asText(part.usergroup_id)) ?? asText(part.usergroup_id)}`;
        case 'link':
          return asText(part.text) || asText(part.url);
        case 'emoji':
          return plainText(`:${asText(part.name)}:`);
        case 'rich_text_list':
          return asList(part.elements)
            .map((item) => `• ${richText(item.elements, names)}\n`)
            .join('');
        default:
          return richText(part.elements, names);
      }
    })
    .join('');
}
