/** What Slack's own client says, such as that the app did not answer; and why something could not be done at all. */
import { useState } from 'preact/hooks';
import { useScene } from './scene.ts';

interface NoticesProps {
  /** Why what was just tried did not happen. */
  readonly trouble: string | undefined;
  readonly dismiss: () => void;
}

export function Notices({ trouble, dismiss }: NoticesProps) {
  const { knowledge, me } = useScene();
  const mine = knowledge.all('notice').filter(({ user }) => user === me?.id);
  const [dismissed, setDismissed] = useState(mine.length);
  const latest = mine.length > dismissed ? mine.at(-1) : undefined;
  return (
    <div role="status" class="notices">
      {latest === undefined ? null : <Notice words={latest.text} dismiss={() => setDismissed(mine.length)} />}
      {trouble === undefined ? null : <Notice words={trouble} dismiss={dismiss} />}
    </div>
  );
}

function Notice({ words: text, dismiss }: { readonly words: string; readonly dismiss: () => void }) {
  const { words } = useScene();
  return (
    <div class="notice">
      ⚠️ {text}
      <button type="button" class="plain" aria-label={words.dismiss} onClick={dismiss}>
        ×
      </button>
    </div>
  );
}
