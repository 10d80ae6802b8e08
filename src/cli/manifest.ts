/** `manifest`: prints the manifest of the Slack app. */
import { eventsUrl, manifestYaml } from '../adapters/slack/manifest.ts';
import { misused } from './misused.ts';
import { readOptions } from './options.ts';

export function manifest(given: readonly string[]): number {
  const read = readOptions(given, { url: { type: 'string' } });
  if (!read.ok) return misused(read.said, 'manifest');
  const typed = read.values.url;
  const url = typed === undefined ? undefined : eventsUrl(typed);
  if (typed !== undefined && url === undefined) {
    return misused(
      `${typed}: Slack delivers to https addresses only; expected one such as https://bot.example.com`,
      'manifest',
    );
  }
  process.stdout.write(manifestYaml(url));
  return 0;
}
