/** Where somebody can go: channels with what is unread, the bot's messages, its Home tab. */
import type { PageChannel } from '../wire.ts';
import { useScene } from './scene.ts';

interface SidebarProps {
  readonly channels: readonly PageChannel[];
  readonly place: string;
  readonly unread: (channel: string) => { readonly count: number; readonly calls: boolean };
  readonly go: (place: string) => void;
}

export function Sidebar({ channels, place, unread, go }: SidebarProps) {
  const { words, act, me } = useScene();
  const entry = (id: string, name: string, select: () => void, icon: string) => {
    const { count, calls } = unread(id);
    const isNew = count > 0 && place !== id;
    return (
      <li key={id}>
        <button
          type="button"
          class={isNew ? 'place unread' : 'place'}
          aria-current={place === id ? 'page' : undefined}
          data-place={id}
          onClick={select}
        >
          <span aria-hidden="true">{icon}</span>
          <span class="place-name">{name}</span>
          {isNew ? (
            <span class={calls ? 'badge calls' : 'badge'} title={words.unread}>
              {count}
            </span>
          ) : null}
        </button>
      </li>
    );
  };
  const openHome = () => {
    go('home');
    if (act !== undefined && me !== undefined) void act({ act: 'open-home', as: me.id });
  };
  /** The app's global shortcut, by the id that its manifest gives it. */
  const takeShortcut = () => {
    if (act !== undefined && me !== undefined) void act({ act: 'shortcut', as: me.id, callback: 'create_endpoint' });
  };
  return (
    <nav class="sidebar" aria-label={words.channels}>
      <div class="team">Acme</div>
      <h2>{words.channels}</h2>
      <ul>
        {channels
          .filter(({ dmOf }) => dmOf === undefined)
          .map((each) => entry(each.id, each.name, () => go(each.id), each.isPrivate ? '🔒' : '#'))}
      </ul>
      <h2>{words.apps}</h2>
      <ul>
        <li>
          <button type="button" class="place" data-shortcut onClick={takeShortcut}>
            <span aria-hidden="true">⚡</span>
            <span class="place-name">{words.shortcut}</span>
          </button>
        </li>
        {entry('home', words.openHome, openHome, '⌂')}
        {channels
          .filter(({ dmOf }) => dmOf !== undefined)
          .map((each) => entry(each.id, 'VPC endpoint bot', () => go(each.id), '⇄'))}
      </ul>
    </nav>
  );
}
