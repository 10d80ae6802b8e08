import { describe, expect, it } from 'vitest';
import type { Json } from '../../../sandbox/slack/model.ts';
import { optionsProblems, readSubmissionAnswer } from '../../../sandbox/slack/validate/answers.ts';
import { escapedLength } from '../../../sandbox/slack/validate/escape.ts';
import { refuseMessage } from '../../../sandbox/slack/validate/message.ts';
import { refuseView } from '../../../sandbox/slack/validate/view.ts';
import { button, input, modal, mrkdwn, option, plain, section } from './stage.ts';

const s = (length: number): string => 'x'.repeat(length);
const many = (count: number, make: (index: number) => Json): Json[] => Array.from({ length: count }, (_, i) => make(i));
const actions = (...elements: Json[]): Json => ({ type: 'actions', elements });
const select = (more: Json): Json => actions({ type: 'static_select', action_id: 'a', ...more });
const asked = (dialog: Json): Json =>
  actions(
    button('a', { confirm: { title: plain('t'), text: plain('t'), confirm: plain('y'), deny: plain('n'), ...dialog } }),
  );
const typing = { type: 'plain_text_input' };

/** Each limit: what just fits, what does not, and where Slack points. */
const MESSAGE_LIMITS: [name: string, fits: Json[], tooMuch: Json[], pointer: string][] = [
  ['50 blocks', many(50, () => ({ type: 'divider' })), many(51, () => ({ type: 'divider' })), '/blocks'],
  ['section text 3000', [section(s(3000))], [section(s(3001))], '/blocks/0/text/text'],
  ['section text 3000, escaped first', [section(`${s(2996)}<`)], [section(`${s(2997)}<`)], '/blocks/0/text/text'],
  ['10 fields', [fields(10, 'f')], [fields(11, 'f')], '/blocks/0/fields'],
  ['field 2000', [fields(1, s(2000))], [fields(1, s(2001))], '/blocks/0/fields/0/text'],
  [
    'header 150',
    [{ type: 'header', text: plain(s(150)) }],
    [{ type: 'header', text: plain(s(151)) }],
    '/blocks/0/text/text',
  ],
  [
    'header plain',
    [{ type: 'header', text: plain('h') }],
    [{ type: 'header', text: mrkdwn('h') }],
    '/blocks/0/text/type',
  ],
  ['10 context elements', [context(10)], [context(11)], '/blocks/0/elements'],
  [
    '25 actions',
    [actions(...many(25, (i) => button(`b${i}`)))],
    [actions(...many(26, (i) => button(`b${i}`)))],
    '/blocks/0/elements',
  ],
  [
    'button text 75',
    [actions(button('a', { text: plain(s(75)) }))],
    [actions(button('a', { text: plain(s(76)) }))],
    '/blocks/0/elements/0/text/text',
  ],
  [
    'button value 2000',
    [actions(button('a', { value: s(2000) }))],
    [actions(button('a', { value: s(2001) }))],
    '/blocks/0/elements/0/value',
  ],
  [
    '100 options',
    [select({ options: many(100, (i) => option(`${i}`)) })],
    [select({ options: many(101, (i) => option(`${i}`)) })],
    '/blocks/0/elements/0/options',
  ],
  [
    'option value 75',
    [select({ options: [{ text: plain('o'), value: s(75) }] })],
    [select({ options: [{ text: plain('o'), value: s(76) }] })],
    '/blocks/0/elements/0/options/0/value',
  ],
  [
    'option text 75',
    [select({ options: [{ text: plain(s(75)), value: 'o' }] })],
    [select({ options: [{ text: plain(s(76)), value: 'o' }] })],
    '/blocks/0/elements/0/options/0/text/text',
  ],
  [
    'placeholder 150',
    [select({ options: [option('o')], placeholder: plain(s(150)) })],
    [select({ options: [option('o')], placeholder: plain(s(151)) })],
    '/blocks/0/elements/0/placeholder/text',
  ],
  ['5 overflow options', [actions(overflow(5))], [actions(overflow(6))], '/blocks/0/elements/0/options'],
  ['10 radio buttons', [actions(radio(10))], [actions(radio(11))], '/blocks/0/elements/0/options'],
  [
    'confirm title 100',
    [asked({ title: plain(s(100)) })],
    [asked({ title: plain(s(101)) })],
    '/blocks/0/elements/0/confirm/title/text',
  ],
  [
    'confirm text 300',
    [asked({ text: plain(s(300)) })],
    [asked({ text: plain(s(301)) })],
    '/blocks/0/elements/0/confirm/text/text',
  ],
  [
    'confirm button 30',
    [asked({ confirm: plain(s(30)) })],
    [asked({ confirm: plain(s(31)) })],
    '/blocks/0/elements/0/confirm/confirm/text',
  ],
  [
    'deny button 30',
    [asked({ deny: plain(s(30)) })],
    [asked({ deny: plain(s(31)) })],
    '/blocks/0/elements/0/confirm/deny/text',
  ],
  ['a known block type', [{ type: 'divider' }], [{ type: 'carousel' }], '/blocks/0/type'],
  ['required fields', [section('a')], [{ type: 'section' }], '/blocks/0'],
  ['no other fields', [section('a')], [section('a', { colour: 'red' })], '/blocks/0'],
  [
    'unique block_id',
    [section('a', { block_id: 'x' }), section('b', { block_id: 'y' })],
    [section('a', { block_id: 'x' }), section('b', { block_id: 'x' })],
    '/blocks/1/block_id',
  ],
  ['unique action_id', [actions(button('a')), actions(button('a'))], [actions(button('a'), button('a'))], '/blocks/0'],
  ['a text that is not empty', [section('a')], [section('')], '/blocks/0/text/text'],
  [
    'an initial option that is offered',
    [select({ options: [option('o')], initial_option: option('o') })],
    [select({ options: [option('o')], initial_option: option('p') })],
    '/blocks/0/elements/0',
  ],
];

function fields(count: number, text: string): Json {
  return { type: 'section', fields: many(count, () => mrkdwn(text)) };
}
function context(count: number): Json {
  return { type: 'context', elements: many(count, () => mrkdwn('c')) };
}
function overflow(count: number): Json {
  return { type: 'overflow', action_id: 'a', options: many(count, (i) => option(`${i}`)) };
}
function radio(count: number): Json {
  return { type: 'radio_buttons', action_id: 'a', options: many(count, (i) => option(`${i}`)) };
}

describe('messages', () => {
  it.each(MESSAGE_LIMITS)('%s', (_name, fits, tooMuch, pointer) => {
    expect(refuseMessage({ blocks: fits })).toBeUndefined();
    const refused = refuseMessage({ blocks: tooMuch });
    expect(refused?.error).toBe('invalid_blocks');
    expect(refused?.response_metadata?.messages.join()).toContain(`[json-pointer:${pointer}]`);
  });

  it('speaks as Slack does', () => {
    expect(refuseMessage({ blocks: [section(s(3001))] })).toEqual({
      error: 'invalid_blocks',
      errors: ['must be less than 3001 characters [json-pointer:/blocks/0/text/text]'],
      response_metadata: { messages: ['[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]'] },
    });
  });

  it('13,200 characters in all blocks together', () => {
    const filled = (last: number): Json[] => [...many(4, () => section(s(3000))), section(s(last))];
    expect(refuseMessage({ blocks: filled(1200) })).toBeUndefined();
    expect(refuseMessage({ blocks: filled(1201) })?.error).toBe('msg_blocks_too_long');
  });

  it('text: 40,000 characters, and not empty', () => {
    expect(refuseMessage({ text: s(40_000) })).toBeUndefined();
    expect(refuseMessage({ text: s(40_001) })?.error).toBe('msg_too_long');
    expect(refuseMessage({ text: ' ' })?.error).toBe('no_text');
    expect(refuseMessage({ blocks: [] })?.error).toBe('no_text');
    expect(refuseMessage({ text: 'x', blocks: 'nonsense' })?.error).toBe('invalid_blocks_format');
  });

  it('metadata is 8,000 bytes at most', () => {
    const sized = (bytes: number): Json => ({ event_type: 'e', event_payload: { id: 'é'.repeat((bytes - 44) / 2) } });
    expect(Buffer.byteLength(JSON.stringify(sized(8_000)))).toBe(8_000);
    expect(refuseMessage({ text: 'x', metadata: sized(8_000) })).toBeUndefined();
    expect(refuseMessage({ text: 'x', metadata: sized(8_002) })?.error).toBe('metadata_too_large');
  });

  it('metadata has a type and a payload', () => {
    expect(refuseMessage({ text: 'x', metadata: { event_type: 'e', event_payload: {} } })).toBeUndefined();
    expect(refuseMessage({ text: 'x', metadata: { event_type: 'e' } })?.error).toBe('invalid_metadata_format');
  });
});

const VIEW_LIMITS: [name: string, fits: Json, tooMuch: Json, pointer: string][] = [
  [
    '100 blocks',
    modal(
      'c',
      many(100, () => ({ type: 'divider' })),
    ),
    modal(
      'c',
      many(101, () => ({ type: 'divider' })),
    ),
    '/view/blocks',
  ],
  ['title 24', modal('c', [], { title: plain(s(24)) }), modal('c', [], { title: plain(s(25)) }), '/view/title/text'],
  [
    'submit 24',
    modal('c', [], { submit: plain(s(24)) }),
    modal('c', [], { submit: plain(s(25)) }),
    '/view/submit/text',
  ],
  ['close 24', modal('c', [], { close: plain(s(24)) }), modal('c', [], { close: plain(s(25)) }), '/view/close/text'],
  [
    'private_metadata 3000',
    modal('c', [], { private_metadata: s(3000) }),
    modal('c', [], { private_metadata: s(3001) }),
    '/view/private_metadata',
  ],
  ['callback_id 255', modal(s(255), []), modal(s(256), []), '/view/callback_id'],
  [
    'label 2000',
    modal('c', [input('i', typing, { label: plain(s(2000)) })]),
    modal('c', [input('i', typing, { label: plain(s(2001)) })]),
    '/view/blocks/0/label/text',
  ],
  [
    'hint 2000',
    modal('c', [input('i', typing, { hint: plain(s(2000)) })]),
    modal('c', [input('i', typing, { hint: plain(s(2001)) })]),
    '/view/blocks/0/hint/text',
  ],
];

describe('views', () => {
  it.each(VIEW_LIMITS)('%s', (_name, fits, tooMuch, pointer) => {
    expect(refuseView(fits, 'modal')).toBeUndefined();
    const refused = refuseView(tooMuch, 'modal');
    expect(refused?.error).toBe('invalid_arguments');
    expect(refused?.response_metadata?.messages.join()).toContain(`[json-pointer:${pointer}]`);
  });

  it('with inputs it has a submit button; and it has a title', () => {
    const { submit: _submit, ...mute } = modal('c', [input('i', typing)]);
    expect(refuseView(mute, 'modal')?.errors).toEqual(['missing required field: submit [json-pointer:/view]']);
    const { title: _title, ...nameless } = modal('c', []);
    expect(refuseView(nameless, 'modal')?.errors).toEqual(['missing required field: title [json-pointer:/view]']);
  });

  it('is 250 kB at most', () => {
    const blocks = many(100, () => section(s(2900)));
    expect(refuseView(modal('c', blocks), 'modal')?.error).toBe('view_too_large');
    const ampersands = many(100, () => section('&'.repeat(590)));
    expect(Buffer.byteLength(JSON.stringify(modal('c', ampersands)))).toBeLessThan(100_000);
    expect(refuseView(modal('c', ampersands), 'modal')?.error).toBe('view_too_large');
  });

  it('has no fields that Slack does not know', () => {
    expect(refuseView(modal('c', [], { submit_disabled: true }), 'modal')?.errors).toEqual([
      'invalid additional property: submit_disabled [json-pointer:/view]',
    ]);
  });
});

describe('answers to interactions', () => {
  it('options: 100, each 75 characters', () => {
    expect(optionsProblems({ options: many(100, (i) => option(`${i}`)) })).toEqual([]);
    expect(optionsProblems({ options: [] })).toEqual([]);
    expect(optionsProblems({ options: many(101, (i) => option(`${i}`)) })).toHaveLength(1);
    expect(optionsProblems({ options: [option(s(76))] })).toHaveLength(2);
    expect(optionsProblems({ options: [{ text: mrkdwn('x'), value: 'x' }] })).toHaveLength(1);
    expect(optionsProblems('nonsense')).toHaveLength(1);
  });

  it('errors name only inputs of the view', () => {
    const view = modal('c', [input('reason', typing), section('no input', { block_id: 'note' })]);
    const answer = (errors: Json): string => JSON.stringify({ response_action: 'errors', errors });
    expect(readSubmissionAnswer(answer({ reason: 'Say why' }), view)).toEqual({
      kind: 'errors',
      errors: { reason: 'Say why' },
    });
    expect(readSubmissionAnswer(answer({ note: 'x' }), view).kind).toBe('invalid');
    expect(readSubmissionAnswer(answer({}), view).kind).toBe('invalid');
    expect(readSubmissionAnswer('{"response_action":"dance"}', view).kind).toBe('invalid');
    expect(readSubmissionAnswer('', view)).toEqual({ kind: 'close' });
  });
});

describe('escaping', () => {
  it.each([
    ['a & b', 'plain_text', 9],
    ['a &amp; b', 'plain_text', 9],
    ['<b>', 'plain_text', 9],
    ['<@U0ANN>', 'plain_text', 14],
    ['<@U0ANN> <https://x.y|z>', 'mrkdwn', 24],
    ['a < b > c', 'mrkdwn', 15],
  ])('%s as %s counts %i', (text, type, length) => {
    expect(escapedLength(text, type)).toBe(length);
  });
});
