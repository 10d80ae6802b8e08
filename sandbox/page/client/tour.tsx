/** The tour's own card: what is seen, what happens underneath, and the button that goes on. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { act, type Knowledge } from './knowledge.ts';
import { TOUR, type TourView } from './tour-steps.ts';
import type { Words } from './words.ts';

interface TourProps {
  readonly knowledge: Knowledge;
  readonly words: Words;
  readonly show: (view: TourView) => void;
  readonly leave: () => void;
}

export function Tour({ knowledge, words, show, leave }: TourProps) {
  const [n, setN] = useState(0);
  const [working, setWorking] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const step = TOUR[n];
  const isThere = step?.isThere(knowledge) ?? false;
  useEffect(() => {
    // Whoever has sent the form off by themselves gets another one.
    if (TOUR[0]?.isThere(knowledge) === false) void act({ act: 'prepare', as: 'U0ANN' });
  }, []);
  useEffect(() => {
    if (step !== undefined && isThere) show(step.view(knowledge));
  }, [n, isThere]);
  useEffect(() => {
    if (isThere) button.current?.focus();
  }, [n, isThere]);
  if (step === undefined) return null;
  const text = words.locale === 'zh-CN' ? step.zh : step.en;
  const goOn = async () => {
    if (!isThere || working) return;
    setWorking(true);
    await step.next(knowledge);
    setWorking(false);
    if (n + 1 === TOUR.length) leave();
    else setN(n + 1);
  };
  return (
    <aside class="tour" aria-label={words.tour} data-step={n + 1} data-there={isThere}>
      <div class="tour-words">
        <p class="dim">{words.step(n + 1, TOUR.length)}</p>
        <h2>{text.title}</h2>
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
