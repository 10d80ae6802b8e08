/** A request's transitions, and a slider that shows card and cloud as they were after each. */
import { useState } from 'preact/hooks';
import type { Frame } from '../wire.ts';
import { Blocks } from './blocks.tsx';
import { SceneProvider, sceneOf, useScene } from './scene.ts';

export function RequestTab() {
  const { knowledge, words } = useScene();
  const requests = [...new Set(knowledge.all('event').map(({ request }) => request))];
  const [chosen, setChosen] = useState<string>();
  const request = chosen ?? requests.at(-1);
  const [moment, setMoment] = useState<number>();
  if (request === undefined) return <p class="note">{words.noRequests}</p>;
  const frames = knowledge.all('frame').filter((frame) => frame.request === request);
  const events = knowledge.all('event').filter((event) => event.request === request);
  const at = Math.min(moment ?? frames.length - 1, frames.length - 1);
  const frame = frames[at];
  return (
    <>
      <label class="chooser">
        {words.request}{' '}
        <select
          value={request}
          onChange={(event) => {
            setChosen(event.currentTarget.value);
            setMoment(undefined);
          }}
        >
          {requests.map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </select>
      </label>
      <h3>{words.transitions}</h3>
      <ol class="events">
        {events.map(({ seq, event, at: when, life }, index) => (
          <li key={seq} class={frame !== undefined && index < frame.events ? 'event' : 'event later'}>
            <code>{event}</code>{' '}
            <span class="dim">
              {new Date(when).toISOString().slice(11, 23)} · {words.life(life)}
            </span>
          </li>
        ))}
      </ol>
      <h3>{words.asItWas}</h3>
      <input
        type="range"
        class="slider"
        min={0}
        max={Math.max(0, frames.length - 1)}
        value={at}
        aria-label={words.asItWas}
        aria-valuetext={words.frame(at + 1, frames.length)}
        onInput={(event) => setMoment(Number(event.currentTarget.value))}
      />
      <p class="dim">{words.frame(at + 1, frames.length)}</p>
      {frame === undefined ? null : <Picture frame={frame} />}
    </>
  );
}

function Picture({ frame }: { readonly frame: Frame }) {
  const { knowledge, me, words } = useScene();
  return (
    <SceneProvider value={sceneOf(knowledge, me, {})}>
      <div class="picture" data-frame={frame.n}>
        <p class="glance">
          <strong>{frame.creates}</strong> {words.createsSent(frame.creates)} →{' '}
          <strong>{frame.endpoints.length}</strong> {words.endpointsMade(frame.endpoints.length)}
        </p>
        {frame.endpoints.map(({ id, status }) => (
          <p key={id}>
            <code>{id}</code> {status}
          </p>
        ))}
        {frame.card === undefined ? (
          <p class="note">{words.noCard}</p>
        ) : (
          <Blocks blocks={frame.card.blocks} place={{ kind: 'picture' }} />
        )}
      </div>
    </SceneProvider>
  );
}
