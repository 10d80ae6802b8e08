/** The channels that the config file names: are they there, and can the bot post in them? */
import type { Finding } from '../../domain/doctor/findings.ts';
import type { ChannelId } from '../../domain/ids.ts';
import type { Rule } from '../../domain/policy/rule.ts';
import type { Channels } from '../announce.ts';
import type { SlackExaminer } from './ports.ts';

interface Named {
  readonly rules: readonly Rule[];
  readonly channels: Channels;
}

export async function checkChannels(slack: SlackExaminer, named: Named): Promise<readonly Finding[]> {
  const places = [...placesOf(named)];
  const findings = await Promise.all(places.map(([channel, where]) => checkChannel(slack, channel, where)));
  const wrong = findings.filter((finding) => finding !== undefined);
  return wrong.length > 0 ? wrong : [{ id: 'channels-ready', count: places.length }];
}

async function checkChannel(
  slack: SlackExaminer,
  channel: ChannelId,
  places: readonly string[],
): Promise<Finding | undefined> {
  const answer = await slack.channel(channel);
  if (answer === 'absent') return { id: 'channel-absent', channel, places };
  switch (answer.kind) {
    case 'unknown':
      return { id: 'channel-unknown', channel, places, error: answer.error };
    case 'found':
      if (answer.archived) return { id: 'channel-archived', channel, places };
      return answer.joined ? undefined : { id: 'channel-not-joined', channel, places };
  }
}

/** Each channel once, with everywhere that it is named. */
function placesOf({ rules, channels }: Named): ReadonlyMap<ChannelId, readonly string[]> {
  const named: readonly (readonly [ChannelId | undefined, string])[] = [
    [channels.approvals, 'channels.approvals'],
    [channels.audit, 'channels.audit'],
    ...rules.map((rule) => [rule.channel, `rules.${rule.name}.channel`] as const),
  ];
  const places = new Map<ChannelId, string[]>();
  for (const [channel, place] of named) {
    if (channel !== undefined) places.set(channel, [...(places.get(channel) ?? []), place]);
  }
  return places;
}
