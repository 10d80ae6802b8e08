/** English: the slash command's help, and a request in one line. */
import type { HelpMessages } from '../help.ts';
import { channel, code, link, user } from '../mrkdwn.ts';

export const help: HelpMessages = {
  help: (command, unknown, nearest) => {
    const lines = [
      `*${command}* makes VPC endpoints for Alibaba Cloud Elasticsearch: a private, one-way connection from Elasticsearch to a service in your VPC.`,
      `• \`${command} create [instance] [service] [zone]\` – opens the form, with what you typed filled in`,
      `• \`${command} show &lt;request&gt;\` – where a request is, such as \`req_01…\``,
      `• \`${command} pending\` – what waits for approval, for you and for others`,
      `• \`${command} who-can-approve &lt;request or instance&gt; [account]\` – whose approval it takes, and why`,
      `• \`${command} doctor\` – for admins: what is wrong with the bot’s settings and surroundings`,
      `• \`${command} help\` – this text`,
      'On a phone, the shortcut *New VPC endpoint* opens the same form.',
      '*What must exist before:* an Elasticsearch instance created in October 2020 or later; and in the same region an endpoint service (PrivateLink) behind a load balancer, in a zone that it offers. In the console: _Network and Security → Configure Private Connection_.',
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
    return `${code(id)} – ${headline} ${target}, asked for by ${user(requester)}.${where}`;
  },
  shownTooEarly: (id) => `${code(id)} was received and is about to be checked.`,
  noSuchRequest: (id) => `There is no request ${code(id)} in this workspace.`,
  notLoaded: ':warning: The database of the bot did not answer. Try again in a moment.',
};
