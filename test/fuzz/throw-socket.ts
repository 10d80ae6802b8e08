/** Throws frames at a bot in Socket Mode: envelopes with mangled payloads, mangled envelopes, and no envelopes at all. */
import type { LocalSlack } from '../../sandbox/slack/local-slack.ts';
import type { Chance } from './chance.ts';
import { mutated, spliced, stringify } from './mutate.ts';
import type { Recorded } from './record.ts';

/** The local Slack's words for an answer to a frame that it did not send as an envelope of its own: ours. */
const ANSWERED = 'the bot answers an envelope that this connection did not bring';

/** @param id never used before: what is delivered again is not done again. */
export function frame({ type, payload }: Recorded, id: string, chance: Chance): string {
  const envelope = { type, envelope_id: id, payload: mutated(payload, chance), accepts_response_payload: true };
  const kind = chance.int(10);
  if (kind === 0) return spliced(stringify(envelope), chance);
  if (kind === 1) return stringify(mutated(envelope, chance));
  return stringify(envelope);
}

/** Sends them all; resolves when the bot has heard them. @returns how many it answered. */
export async function fireFrames(slack: LocalSlack, frames: readonly string[]): Promise<number> {
  for (const text of frames) slack.sockets.sendRaw(text);
  const heard = await slack.as('U0DAN').command('C0DATA', '/vpc-endpoint', 'help');
  if (!heard.ok) throw new Error(`after ${frames.length} frames a good command was not answered: ${heard.problem}`);
  const said = slack.log.protocolErrors.splice(0);
  const strange = said.filter((sentence) => !sentence.startsWith(ANSWERED));
  if (strange.length > 0) throw new Error(`the bot said what Slack does not understand: ${strange[0]}`);
  return said.length;
}
