/** Every message and form that the bot can show, in each language, drawn as Slack would. */
import { useEffect, useState } from 'preact/hooks';
import { asJson, asText, type Json, type View } from '../../slack/model.ts';
import { escapeBlocks, escapeMrkdwn } from '../../slack/validate/escape.ts';
import { Blocks } from './blocks.tsx';
import type { Knowledge } from './knowledge.ts';
import { SceneProvider, sceneOf } from './scene.ts';
import { Mrkdwn, plain, TextObject } from './text.tsx';
import type { Words } from './words.ts';

const PAGE = 60;
/** Whoever wants to see more wants to see a lot. */
const MORE = 600;

interface Rendering {
  readonly id: string;
  readonly locale: string;
  readonly role: string;
  readonly message?: { readonly text: string; readonly blocks: readonly Json[] };
  readonly view?: Json;
  readonly errors?: Readonly<Record<string, string>>;
  readonly options?: readonly Json[];
}

interface Printed {
  /** What was asked for. */
  readonly of: string;
  readonly surfaces: readonly string[];
  readonly renderings: readonly Rendering[];
}

export function GalleryPage({ knowledge, words }: { readonly knowledge: Knowledge; readonly words: Words }) {
  const [printed, setPrinted] = useState<Printed>();
  const [trouble, setTrouble] = useState<string>();
  const [surface, setSurface] = useState('card');
  const [locale, setLocale] = useState<string>(words.locale);
  const [text, setText] = useState('usual');
  const [search, setSearch] = useState('');
  const [shown, setShown] = useState(PAGE);
  useEffect(() => {
    let isOld = false;
    void fetch(`/gallery.json?${new URLSearchParams({ surface, locale, text }).toString()}`)
      .then((response) => (response.ok ? response.json() : Promise.reject(new Error(response.statusText))))
      .then((printed: Omit<Printed, 'of'>) => {
        // What was asked for before may come last.
        if (!isOld) setPrinted({ ...printed, of: `${surface} ${locale}` });
      })
      .catch((error: unknown) => {
        if (!isOld) setTrouble(String(error));
      });
    return () => {
      isOld = true;
    };
  }, [surface, locale, text]);
  if (printed === undefined) return <p class="note">{trouble ?? words.loading}</p>;
  const found = printed.renderings.filter(({ id }) => id.toLowerCase().includes(search.toLowerCase()));
  const pick = (set: (value: string) => void) => (event: { currentTarget: { value: string } }) => {
    set(event.currentTarget.value);
    setShown(PAGE);
  };
  return (
    <main class="gallery">
      <h1>{words.gallery}</h1>
      <div class="filters">
        <label>
          {words.surface}{' '}
          <select value={surface} onChange={pick(setSurface)} data-filter="surface">
            {printed.surfaces.map((each) => (
              <option key={each} value={each}>
                {each}
              </option>
            ))}
          </select>
        </label>
        <label>
          {words.language}{' '}
          <select value={locale} onChange={pick(setLocale)} data-filter="locale">
            <option value="en">English</option>
            <option value="zh-CN">简体中文</option>
          </select>
        </label>
        <label>
          {words.texts}{' '}
          <select value={text} onChange={pick(setText)}>
            <option value="usual">{words.usual}</option>
            <option value="longest">{words.longest}</option>
            <option value="emptiest">{words.emptiest}</option>
          </select>
        </label>
        <label>
          {words.search} <input type="search" value={search} onInput={pick(setSearch)} />
        </label>
        <span class="dim" role="status" data-found={found.length} data-of={printed.of}>
          {words.found(found.length)}
        </span>
      </div>
      <SceneProvider value={sceneOf(knowledge, knowledge.one('person', 'U0ANN'), {})}>
        <div class="pictures">
          {found.slice(0, shown).map((each) => (
            <figure key={each.id} lang={each.locale}>
              <figcaption>
                <h2>{each.id}</h2> <span class="dim">{each.role}</span>
              </figcaption>
              <Picture rendering={each} />
            </figure>
          ))}
        </div>
      </SceneProvider>
      {found.length > shown ? (
        <button type="button" class="block-button" onClick={() => setShown(shown + MORE)}>
          {words.more(found.length - shown)}
        </button>
      ) : null}
    </main>
  );
}

function Picture({ rendering: { message, view, errors, options, id } }: { readonly rendering: Rendering }) {
  if (message !== undefined) {
    return message.blocks.length > 0 ? (
      <Blocks blocks={escapeBlocks([...message.blocks])} place={{ kind: 'picture' }} />
    ) : (
      <div class="plain-message">
        <Mrkdwn text={escapeMrkdwn(message.text)} />
      </div>
    );
  }
  if (view !== undefined) {
    // Enough of a view for its errors to stand where they belong.
    const pictured = { id: `g-${id}`, values: {}, errors: errors ?? {} } as unknown as View;
    return (
      <>
        <h3 class="header-block">
          <TextObject of={view.title} />
        </h3>
        <Blocks blocks={escapeBlocks(view.blocks as Json[])} place={{ kind: 'view', view: pictured }} />
      </>
    );
  }
  return (
    <ul class="picture-options">
      {(options ?? []).map((option) => (
        <li key={asText(option.value)}>
          {plain(asText(asJson(option.text).text))}
          {option.description === undefined ? null : (
            <span class="description">{plain(asText(asJson(option.description).text))}</span>
          )}
        </li>
      ))}
    </ul>
  );
}
