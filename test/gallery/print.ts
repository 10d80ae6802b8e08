/** Prints the gallery for people: `npm run gallery -- [--locale zh-CN] [--surface card] [--text worst] [--state pending]`. */
import { parseArgs } from 'node:util';
import { lines } from './lines.ts';
import { renderings } from './renderings.ts';

const { values: chosen } = parseArgs({
  options: {
    locale: { type: 'string' },
    surface: { type: 'string' },
    text: { type: 'string' },
    state: { type: 'string' },
  },
});

// Whoever pages through it may stop before the end.
process.stdout.on('error', () => process.exit());

for (const rendering of renderings()) {
  const { id, surface, locale, text, state, role } = rendering;
  if (surface !== (chosen.surface ?? surface) || locale !== (chosen.locale ?? locale)) continue;
  if (text !== (chosen.text ?? 'usual') || !state.includes(chosen.state ?? '')) continue;
  console.log(`\n── ${id} (for ${role})\n${lines(rendering).join('\n')}`);
}
