/** What Slack's own client says, such as that the app did not answer. */
import { useState } from 'preact/hooks';
import { useScene } from './scene.ts';

export function Notices() {
  const { knowledge, me, words } = useScene();
  const mine = knowledge.all('notice').filter(({ user }) => user === me?.id);
  const [dismissed, setDismissed] = useState(mine.length);
  const latest = mine.length > dismissed ? mine.at(-1) : undefined;
  return (
    <div role="status" class="notices">
      {latest === undefined ? null : (
        <div class="notice">
          ⚠️ {latest.text}
          <button type="button" class="plain" aria-label={words.dismiss} onClick={() => setDismissed(mine.length)}>
            ×
          </button>
        </div>
      )}
    </div>
  );
}
