/** Prints the gallery for people: `npm run gallery -- [--locale zh-CN] [--surface card] [--text longest] [--state pending]`, or those of one language and kind of text with `--json`, one a line. */
import { parseArgs } from 'node:util';
import { lines } from './lines.ts';
import { PENS } from './pen.ts';
import { renderings, writtenBy } from './renderings.ts';

const { values: chosen } = parseArgs({
  options: {
    locale: { type: 'string' },
    surface: { type: 'string' },
    text: { type: 'string' },
    state: { type: 'string' },
    json: { type: 'boolean' },
  },
});

/** Whoever wants one language and one kind of text need not wait for the others. */
function printed() {
  const { json, locale, text } = chosen;
  if (json !== true) return renderings();
  return writtenBy(
    (text === 'longest' ? PENS.longest : text === 'emptiest' ? PENS.emptiest : PENS.usual)(
      locale === 'zh-CN' ? 'zh-CN' : 'en',
    ),
  );
}

// Whoever pages through it may stop before the end.
process.stdout.on('error', () => process.exit());

for (const rendering of printed()) {
  const { id, surface, locale, text, state, role } = rendering;
  if (surface !== (chosen.surface ?? surface) || locale !== (chosen.locale ?? locale)) continue;
  if (chosen.json === true) {
    console.log(JSON.stringify(rendering));
    continue;
  }
  if (text !== (chosen.text ?? 'usual') || !state.includes(chosen.state ?? '')) continue;
  console.log(`\n── ${id} (for ${role})\n${lines(rendering).join('\n')}`);
}
