/** The app's Home tab. */
import { Blocks } from './blocks.tsx';
import { useScene } from './scene.ts';

export function HomeView() {
  const { knowledge, me, words } = useScene();
  const home = knowledge.one('home', me?.id ?? '');
  return (
    <div class="channel">
      <header class="channel-head">
        <h2>VPC endpoint bot · {words.home}</h2>
      </header>
      <div class="home" tabIndex={0} role="region" aria-label={words.home}>
        {home === undefined ? (
          <p class="note">{words.emptyHome}</p>
        ) : (
          <Blocks blocks={home.blocks} place={{ kind: 'view', view: home }} />
        )}
      </div>
    </div>
  );
}
