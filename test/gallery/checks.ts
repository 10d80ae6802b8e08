/** What every rendering has to be: inside Slack's limits, whole, harmless, in its language, and the same in text and blocks. */
import { type Node, NodeType, parse } from 'slack-message-parser';
import { optionsProblems, readSubmissionAnswer } from '../../sandbox/slack/validate/answers.ts';
import { refuseMessage } from '../../sandbox/slack/validate/message.ts';
import { refuseView } from '../../sandbox/slack/validate/view.ts';
import { messagesFor } from '../../src/messages/messages-for.ts';
import type { Message, Rendering } from './rendering.ts';

type Problems = readonly string[];

/** Slack's own words for what it would refuse. */
export function beyondLimits({ message, view, errors = {}, options, surface }: Rendering): Problems {
  const refused = message === undefined ? undefined : refuseMessage(message);
  const refusedView = view === undefined ? undefined : refuseView(view, 'modal');
  const answer =
    view === undefined || Object.keys(errors).length === 0
      ? undefined
      : readSubmissionAnswer(JSON.stringify({ response_action: 'errors', errors }), { blocks: view.blocks });
  // Slack advises 4000; a reply that tells of many things is longer.
  const isLong = message !== undefined && surface !== 'thread' && message.text.length > 4_000;
  return [
    ...[refused, refusedView].flatMap((one) => (one === undefined ? [] : [one.error, ...(one.errors ?? [])])),
    ...(answer?.kind === 'invalid' ? answer.problems : []),
    ...(options === undefined ? [] : optionsProblems({ options })),
    ...(isLong ? [`its text has ${message.text.length} characters`] : []),
  ];
}

const GARBAGE = /undefined|\[object|NaN|\{\{|\$\{|Invalid Date|null|(?<!`)``(?!`)/;

/** A value that did not become words; or a code span that ends where it begins. */
export function garbage(rendering: Rendering): Problems {
  return allTexts(rendering).flatMap((text) => {
    const found = GARBAGE.exec(rendering.text === 'usual' ? text : text.replaceAll('`', ''));
    return found === null ? [] : [`“${around(text, found.index)}”`];
  });
}

/** Punctuation that met other punctuation when a sentence was put together. */
const CLASHES = /(?<!\.)\.\*?\.(?!\.)|[,;:]\*?[.,;]|\.\*?[,;]|[。，；：]\*?[。，；：]| [,.;:](?=\s|$)|\(\)|（）|“”/;

export function clashes(rendering: Rendering): Problems {
  if (rendering.text === 'worst') return [];
  return allTexts(rendering).flatMap((text) => {
    const found = CLASHES.exec(text);
    return found === null ? [] : [`“${around(text, found.index)}”`];
  });
}

const TOKEN =
  /<(?:[@#][A-Z][A-Z0-9]{1,30}|!subteam\^[A-Z][A-Z0-9]{1,30}|!date\^\d+\^\{date_short\} \{time\}\|[^<>|]*|https?:\/\/[^<>|\s]+\|[^<>|]*)>/g;

/** Markup that is not ours: a raw bracket, or a mention or address that came from people. */
export function markupOfOthers(rendering: Rendering): Problems {
  return mrkdwnOf(rendering).flatMap((text) => {
    const tokens = text.match(TOKEN) ?? [];
    const theirs = tokens.filter((token) => /EVIL|evil\.example/.test(token));
    // A line that begins with one is a quotation.
    const rest = text.replace(TOKEN, '').replace(/^>/gm, '');
    const raw = /[<>]/.exec(rest);
    return [...theirs, ...(raw === null ? [] : [`“${around(rest, raw.index)}”`])];
  });
}

/** Markup that Slack would show as it is written, as by its rules it begins or ends within a word. */
export function markupUnseen(rendering: Rendering): Problems {
  if (rendering.text === 'worst') return [];
  return mrkdwnOf(rendering).flatMap((text) => leftOver(parse(text).children).map((rest) => `“${rest}”`));
}

function leftOver(nodes: readonly Node[]): readonly string[] {
  return nodes.flatMap((node) => {
    switch (node.type) {
      case NodeType.Text:
        return /`|\*\S[^*\n]*\*/.test(node.text) ? [node.text] : [];
      case NodeType.Code:
      case NodeType.PreText:
        return [];
      default:
        return 'children' in node ? leftOver(node.children) : [];
    }
  });
}

const CHINESE = /[\p{Script=Han}，。：；（）！？、“”]*\p{Script=Han}/u;
const FULL_WIDTH = /[，。：；（）！？、]/;

/** A sentence in another language than the reader's. */
export function wrongLanguage(rendering: Rendering): Problems {
  const { locale, surface, foreign } = rendering;
  const own = allTexts(rendering).map((text) =>
    foreign.reduce((rest, each) => (each === '' ? rest : rest.replaceAll(each, '')), text).replaceAll('漢字', ''),
  );
  switch (locale) {
    case 'en':
      return own.filter((text) => CHINESE.test(text.replace(/漢|字/g, '')) || FULL_WIDTH.test(text));
    case 'zh-CN':
      // A list of ids has no words.
      return surface === 'options' || own.some((text) => CHINESE.test(text)) ? [] : ['no Chinese in it'];
  }
}

/** What has to be read in it and is not. */
export function missingFacts({ message, options, facts }: Rendering): Problems {
  const places: readonly (readonly [string, string])[] = [
    ...(message === undefined ? [] : [['text', message.text] as const]),
    ...(message === undefined || message.blocks.length === 0 ? [] : [['blocks', blocksText(message)] as const]),
    ...(options === undefined ? [] : [['options', JSON.stringify(options)] as const]),
  ];
  return places.flatMap(([place, said]) =>
    facts.filter((fact) => !said.includes(fact)).map((fact) => `${place}: ${fact}`),
  );
}

/** Ids, people and times of the blocks that the text does not name: who only gets the notification reads less. */
export function onlyInBlocks({ message, locale, text }: Rendering): Problems {
  if (message === undefined || text === 'worst') return [];
  const { onceApproved, byHand } = messagesFor(locale).card.labels;
  const shown = textsIn(message.blocks).filter((each) => !each.startsWith(onceApproved) && !each.startsWith(byHand));
  const said = shown.flatMap((each) => each.match(/`[^`\n]+`|<[@#!][^>]*>/g) ?? []);
  return [...new Set(said)].filter((each) => !message.text.includes(each));
}

/** Mentions of people and user groups that the message alerts without a reason. */
export function calledInVain({ message, mayCall }: Rendering): Problems {
  if (message === undefined || mayCall === undefined) return [];
  const called = [message.text, ...textsIn(message.blocks)].flatMap((text) => [
    ...text.matchAll(/<(?:@|!subteam\^)([A-Z0-9]+)>/g),
  ]);
  return [...new Set(called.map(([, id]) => id ?? ''))].filter((id) => !mayCall.includes(id));
}

/** Of the buttons in a message, what they do. */
export function buttonsIn({ message }: Rendering): readonly string[] {
  return (message?.blocks ?? []).flatMap((block) =>
    block.type === 'actions' ? block.elements.flatMap((one) => ('action_id' in one ? [one.action_id ?? ''] : [])) : [],
  );
}

export function blocksText({ blocks }: Message): string {
  return textsIn(blocks).join('\n');
}

function mrkdwnOf({ message, view }: Rendering): readonly string[] {
  return [...(message === undefined ? [] : [message.text]), ...textsIn([message?.blocks, view?.blocks], 'mrkdwn')];
}

function allTexts({ message, view, errors, options }: Rendering): readonly string[] {
  const said = message === undefined ? [] : [message.text];
  return [...said, ...textsIn([message?.blocks, view, options]), ...Object.values(errors ?? {})];
}

/** Every text object's text, wherever it is. */
function textsIn(value: unknown, type?: 'mrkdwn'): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((one) => textsIn(one, type));
  if (typeof value !== 'object' || value === null) return [];
  const own = 'type' in value && 'text' in value && typeof value.text === 'string' ? [value.text] : [];
  const isWanted = type === undefined || ('type' in value && value.type === type);
  return [...(isWanted ? own : []), ...Object.values(value).flatMap((one) => textsIn(one, type))];
}

const around = (text: string, index: number): string => text.slice(Math.max(0, index - 40), index + 40);
