/** The tour's own card: what is seen, what happens underneath, and the button that goes on. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { act, type Knowledge } from './knowledge.ts';
import { PLAYERS, TOUR, type TourView } from './tour-steps.ts';
import { troubleOf } from './trouble.ts';
import { wordsFor } from './words.ts';

interface TourProps {
  readonly knowledge: Knowledge;
  /** The tour stays in the language in which it was begun. */
  readonly locale: 'en' | 'zh-CN';
  readonly show: (view: TourView) => void;
  readonly leave: () => void;
}

export function Tour({ knowledge, locale, show, leave }: TourProps) {
  const words = wordsFor(locale);
  const players = PLAYERS[locale];
  const [n, setN] = useState(0);
  const [working, setWorking] = useState(false);
  const [trouble, setTrouble] = useState<string>();
  const button = useRef<HTMLButtonElement>(null);
  const step = TOUR[n];
  const began = useRef(knowledge);
  const isThere = step?.isThere(knowledge, players, began.current) ?? false;
  useEffect(() => {
    void act({ act: 'prepare', as: players.asker }).then((done) => setTrouble(troubleOf(done, words)));
    // Whoever leaves early leaves nothing broken behind.
    return () => void act({ act: 'switch', name: 'lost-reply', on: false });
  }, []);
  useEffect(() => {
    if (step !== undefined && isThere) show(step.view(players, knowledge));
  }, [n, isThere]);
  useEffect(() => {
    if (isThere) button.current?.focus();
  }, [n, isThere]);
  if (step === undefined) return null;
  const text = step[locale];
  const goOn = async () => {
    if (!isThere || working) return;
    setWorking(true);
    const done = await step.next(players, knowledge);
    setWorking(false);
    setTrouble(troubleOf(done, words));
    if (!done.ok) return;
    if (n + 1 === TOUR.length) leave();
    else setN(n + 1);
  };
  return (
    <aside class="tour" aria-label={words.tour} lang={locale} data-step={n + 1} data-there={isThere}>
      <div class="tour-words">
        <p class="dim">{words.step(n + 1, TOUR.length)}</p>
        <h2>{text.title}</h2>
        {trouble === undefined ? null : <p role="alert">{trouble}</p>}
        {isThere ? (
          <>
            <p>{text.seen}</p>
            <p>
              <strong>{words.underneath}</strong> {text.underneath}
            </p>
          </>
        ) : (
          <p role="status">
            <span class="spinner" aria-hidden="true" /> {words.working}
          </p>
        )}
      </div>
      <div class="row">
        <button
          ref={button}
          type="button"
          class="block-button primary"
          aria-disabled={!isThere}
          aria-busy={working}
          data-next
          onClick={() => void goOn()}
        >
          {text.button}
        </button>
        <button type="button" class="block-button" onClick={leave}>
          {words.leaveTour}
        </button>
      </div>
    </aside>
  );
}
