/** The page: one person's Slack, or two side by side, and the other side beside them. */
import { useEffect, useState } from 'preact/hooks';
import { GalleryPage } from './gallery-page.tsx';
import { Knowledge, watchFacts } from './knowledge.ts';
import { OtherSide, type SideTab } from './other-side.tsx';
import { Pane } from './pane.tsx';
import type { Where } from './reading.ts';
import { SceneProvider, sceneOf } from './scene.ts';
import { Tour } from './tour.tsx';
import { type Words, wordsFor } from './words.ts';

interface Seat {
  readonly who: string;
  readonly where: Where;
}

type Page = 'workspace' | 'gallery';
const pageOf = (): Page => (location.pathname === '/gallery' ? 'gallery' : 'workspace');

export function App() {
  const [knowledge, setKnowledge] = useState(new Knowledge());
  const [isLost, setLost] = useState(false);
  const [page, setPage] = useState<Page>(pageOf());
  const [first, setFirst] = useState<Seat>({ who: 'U0ANN', where: { place: 'C0DATA' } });
  const [second, setSecond] = useState<Seat>();
  const [tab, setTab] = useState<SideTab>('cloud');
  const [touring, setTouring] = useState<'en' | 'zh-CN'>();
  const [read, setRead] = useState<ReadonlyMap<string, ReadonlyMap<string, string>>>(new Map());
  const [theme, setTheme] = useState<'light' | 'dark'>(
    matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light',
  );
  useEffect(() => watchFacts(setKnowledge, setLost), []);
  useEffect(() => {
    const back = () => setPage(pageOf());
    addEventListener('popstate', back);
    return () => removeEventListener('popstate', back);
  }, []);
  const me = knowledge.one('person', first.who);
  const words = wordsFor(me?.locale ?? navigator.language);
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
    document.documentElement.lang = words.locale;
  }, [theme, words.locale]);
  if (me === undefined) return <p class="note">{words.loading}</p>;

  const reading = (who: string) => ({
    read: read.get(who) ?? new Map<string, string>(),
    setRead: (place: string, ts: string) =>
      setRead((all) => new Map(all).set(who, new Map(all.get(who) ?? []).set(place, ts))),
  });
  /** Where somebody sits down: not everybody may be everywhere. */
  const placeFor = (who: string, wanted: string): string => {
    const open = knowledge.all('channel').filter(({ seenBy, isArchived }) => seenBy.includes(who) && !isArchived);
    const [first] = [
      ...open.filter(({ id }) => id === wanted),
      ...open.filter(({ dmOf }) => dmOf === undefined),
      ...open,
    ];
    return first?.id ?? 'home';
  };
  const open = (next: Page) => {
    history.pushState(null, '', next === 'gallery' ? '/gallery' : '/');
    setPage(next);
  };
  return (
    <div class="page">
      <Bar
        knowledge={knowledge}
        words={words}
        page={page}
        open={open}
        first={first}
        second={second}
        sitDown={(who) => {
          setFirst({ who, where: { place: placeFor(who, 'C0DATA') } });
          if (second?.who === who) setSecond(undefined);
        }}
        sitBeside={(who) => setSecond(who === '' ? undefined : { who, where: { place: placeFor(who, 'C0APPROVALS') } })}
        turn={() => setTheme(theme === 'dark' ? 'light' : 'dark')}
        tour={() => {
          open('workspace');
          setSecond(undefined);
          setTouring(words.locale);
        }}
      />
      {isLost ? (
        <p class="lost" role="alert">
          {words.connectionLost}
        </p>
      ) : null}
      {page === 'gallery' ? (
        <GalleryPage knowledge={knowledge} words={words} />
      ) : (
        <main class={second === undefined ? 'desk' : 'desk two'}>
          <Pane
            key={first.who}
            knowledge={knowledge}
            who={first.who}
            where={first.where}
            go={(where) => setFirst({ ...first, where })}
            {...reading(first.who)}
          />
          {second === undefined ? null : (
            <Pane
              key={`beside ${second.who}`}
              knowledge={knowledge}
              who={second.who}
              where={second.where}
              go={(where) => setSecond({ ...second, where })}
              {...reading(second.who)}
            />
          )}
          <SceneProvider value={sceneOf(knowledge, me, {})}>
            <OtherSide tab={tab} choose={setTab} />
          </SceneProvider>
        </main>
      )}
      {touring === undefined ? null : (
        <Tour
          knowledge={knowledge}
          locale={touring}
          show={(view) => {
            setFirst({ who: view.who, where: view.where });
            setTab(view.tab);
          }}
          leave={() => {
            setTouring(undefined);
            setTab('break');
          }}
        />
      )}
    </div>
  );
}

interface BarProps {
  readonly knowledge: Knowledge;
  readonly words: Words;
  readonly page: Page;
  readonly open: (page: Page) => void;
  readonly first: Seat;
  readonly second: Seat | undefined;
  readonly sitDown: (who: string) => void;
  readonly sitBeside: (who: string) => void;
  readonly turn: () => void;
  readonly tour: () => void;
}

function Bar({ knowledge, words, page, open, first, second, sitDown, sitBeside, turn, tour }: BarProps) {
  const people = knowledge.all('person').filter(({ kind }) => kind !== 'bot');
  const options = (but: string) =>
    people
      .filter(({ id }) => id !== but)
      .map(({ id, realName, locale }) => (
        <option key={id} value={id}>
          {realName} {locale.startsWith('zh') ? '（中文）' : ''}
        </option>
      ));
  return (
    <header class="bar">
      <h1>{words.title}</h1>
      <label>
        {words.actingAs}{' '}
        <select value={first.who} data-seat="first" onChange={(event) => sitDown(event.currentTarget.value)}>
          {options('')}
        </select>
      </label>
      <label>
        {words.secondPerson}{' '}
        <select value={second?.who ?? ''} data-seat="second" onChange={(event) => sitBeside(event.currentTarget.value)}>
          <option value="">{words.nobody}</option>
          {options(first.who)}
        </select>
      </label>
      <span class="spring" />
      <button type="button" class="block-button" data-tour onClick={tour}>
        {words.tour}
      </button>
      <button type="button" class="block-button" onClick={() => open(page === 'gallery' ? 'workspace' : 'gallery')}>
        {page === 'gallery' ? words.workspace : words.gallery}
      </button>
      <button type="button" class="block-button" aria-label={words.theme} data-theme-switch onClick={turn}>
        ◐
      </button>
    </header>
  );
}
