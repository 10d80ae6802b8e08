/** Slack's text: mrkdwn with its mentions, dates and emoji, and plain text. */
import { nameToEmoji } from 'gemoji';
import type { ComponentChildren } from 'preact';
import { type Node, NodeType, parse } from 'slack-message-parser';
import { asJson, asText } from '../../slack/model.ts';
import { writtenDate } from '../../slack/render/date.ts';
import { useScene } from './scene.ts';

/** Slack's names where they are not the usual ones. */
const SLACK_EMOJI: Readonly<Record<string, string>> = {
  large_green_circle: '🟢',
  large_yellow_circle: '🟡',
  large_orange_circle: '🟠',
};

const decoded = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

const emoji = (name: string): string => SLACK_EMOJI[name] ?? nameToEmoji[name] ?? `:${name}:`;

/** As Slack's plain_text: entities and emoji, nothing else. */
export function plain(text: string): string {
  return decoded(text).replace(/:([a-z0-9_+-]+):/g, (_whole, name: string) => emoji(name));
}

/** A text object, of either type. */
export function TextObject({ of }: { readonly of: unknown }): ComponentChildren {
  const { type, text } = asJson(of);
  return type === 'mrkdwn' ? <Mrkdwn text={asText(text)} /> : plain(asText(text));
}

export function Mrkdwn({ text }: { readonly text: string }) {
  return <>{each(parse(text).children)}</>;
}

function each(nodes: readonly Node[]): ComponentChildren {
  return nodes.map((node, index) => <Part key={index} node={node} />);
}

function Part({ node }: { readonly node: Node }): ComponentChildren {
  const scene = useScene();
  switch (node.type) {
    case NodeType.Text:
      return lines(decoded(node.text));
    case NodeType.Bold:
      return <strong>{each(node.children)}</strong>;
    case NodeType.Italic:
      return <em>{each(node.children)}</em>;
    case NodeType.Strike:
      return <s>{each(node.children)}</s>;
    case NodeType.Quote:
      return <blockquote>{each(node.children)}</blockquote>;
    case NodeType.Code:
      return <code>{decoded(node.text)}</code>;
    case NodeType.PreText:
      return <pre>{decoded(node.text).replace(/^\n|\n$/g, '')}</pre>;
    case NodeType.Emoji:
      return <span class="emoji">{emoji(node.name)}</span>;
    case NodeType.UserLink: {
      const person = scene.person(node.userID);
      const isMe = node.userID === scene.me?.id;
      return <span class={isMe ? 'mention me' : 'mention'}>@{person?.realName ?? node.userID}</span>;
    }
    case NodeType.ChannelLink:
      return <span class="mention">#{scene.channel(node.channelID)?.name ?? node.channelID}</span>;
    case NodeType.URL:
      return <Link to={decoded(node.url)}>{node.label === undefined ? decoded(node.url) : each(node.label)}</Link>;
    case NodeType.Command:
      return command(node, scene);
    case NodeType.Root:
      return each(node.children);
  }
}

function command(
  node: Extract<Node, { type: NodeType.Command }>,
  scene: ReturnType<typeof useScene>,
): ComponentChildren {
  if (node.name === 'date') {
    // As it stood between the brackets: the fallback is for clients that can't write dates.
    return <time>{writtenDate(decoded(node.source.slice(1, -1)), scene.me)}</time>;
  }
  const handle = node.name === 'subteam' ? scene.group(node.arguments[0] ?? '')?.handle : node.name;
  return <span class="mention">@{handle ?? 'group'}</span>;
}

function lines(text: string): ComponentChildren {
  return text.split('\n').flatMap((line, index) => (index === 0 ? [line] : [<br key={index} />, line]));
}

/** A link to a message opens it here; any other is the reader's own to follow. */
function Link({ to, children }: { readonly to: string; readonly children: ComponentChildren }) {
  const scene = useScene();
  const message = /\/archives\/([A-Z0-9]+)\/p(\d+)(\d{6})/.exec(to);
  if (message === null) {
    return (
      <a href={to} target="_blank" rel="noreferrer">
        {children}
      </a>
    );
  }
  const [, channel = '', seconds = '', micros = ''] = message;
  return (
    <a
      href={to}
      onClick={(event) => {
        event.preventDefault();
        scene.goTo(channel, `${seconds}.${micros}`);
      }}
    >
      {children}
    </a>
  );
}
