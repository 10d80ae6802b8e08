/** The sentences of the slash command: its help, and a request in one line. */
import type { RequestId } from '../domain/ids.ts';
import type { Operation } from '../domain/request.ts';
import { channel, code, link, user } from './mrkdwn.ts';

/** Where a request's card can be seen. */
export interface CardPlace {
  readonly channel: string;
  readonly permalink?: string;
}

export interface ShownRequest {
  readonly id: RequestId;
  /** The card's headline: the status in a few words. */
  readonly headline: string;
  readonly requester: string;
  readonly operation: Operation;
  /** Absent while there is no card. */
  readonly card?: CardPlace;
}

/** All mrkdwn. */
export interface HelpMessages {
  /**
   * @param command as it was typed, such as `/vpc-endpoint`.
   * @param unknown the word that is no subcommand; absent when help was asked for.
   * @param nearest the subcommand that was probably meant.
   */
  readonly help: (command: string, unknown?: string, nearest?: string) => string;
  readonly showWhat: (command: string) => string;
  readonly shown: (request: ShownRequest) => string;
  /** It was sent a moment ago and has not been looked at yet. */
  readonly shownTooEarly: (id: RequestId) => string;
  readonly noSuchRequest: (id: RequestId) => string;
  readonly notLoaded: string;
}

export const helpEn: HelpMessages = {
  help: (command, unknown, nearest) => {
    const lines = [
      `*${command}* makes VPC endpoints for Alibaba Cloud Elasticsearch: a private, one-way connection from Elasticsearch to a service in your VPC.`,
      `• \`${command} create [instance] [service] [zone]\`: opens the form, with what you typed filled in`,
      `• \`${command} show <request>\`: where a request is, such as \`req_01…\``,
      `• \`${command} help\`: this text`,
    ];
    if (unknown === undefined) return lines.join('\n');
    const meant = nearest === undefined ? '' : ` Did you mean \`${command} ${nearest}\`?`;
    return [`There is no ${code(unknown, 40)}.${meant}`, ...lines].join('\n');
  },
  showWhat: (command) =>
    `Say which request: \`${command} show req_01…\`. The id is on its card and in what the bot told you.`,
  shown: ({ id, headline, requester, operation, card }) => {
    const { account, instanceId, serviceId, zoneId } = operation;
    const target = `${code(instanceId)} → ${code(serviceId)} in ${code(zoneId)} (${code(account)})`;
    const where =
      card === undefined
        ? ''
        : ` Card: ${card.permalink === undefined ? `in ${channel(card.channel)}` : link(card.permalink, 'open')}.`;
    return `${code(id)}: ${headline}. ${target}, asked for by ${user(requester)}.${where}`;
  },
  shownTooEarly: (id) => `${code(id)} was received and is about to be checked.`,
  noSuchRequest: (id) => `There is no request ${code(id)} in this workspace.`,
  notLoaded: ':warning: The database of the bot did not answer. Try again in a moment.',
};
