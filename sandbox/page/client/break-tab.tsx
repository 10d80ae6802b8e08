/** The "Break it" switches, and the hand that kills the bot. */
import { useState } from 'preact/hooks';
import type { Act } from '../wire.ts';
import { act } from './knowledge.ts';
import { useScene } from './scene.ts';
import { troubleOf } from './trouble.ts';

const HOUR_MS = 3_600_000;

export function BreakTab() {
  const { knowledge, words } = useScene();
  const [trouble, setTrouble] = useState<string>();
  const make = (what: Act) => void act(what).then((done) => setTrouble(troubleOf(done, words)));
  return (
    <>
      <ul class="switches">
        {knowledge.all('switch').map(({ name, on, struck }) => (
          <li key={name}>
            <button
              type="button"
              role="switch"
              aria-checked={on}
              data-switch={name}
              onClick={() => make({ act: 'switch', name, on: !on })}
            >
              <span class="knob" aria-hidden="true" />
              <span>
                <strong>{words.switches[name].name}</strong>
                {struck > 0 ? <span class="chip">{words.struck(struck)}</span> : null}
                <span class="description">{words.switches[name].what}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      <div class="row">
        <button type="button" class="block-button danger" data-kill onClick={() => make({ act: 'kill' })}>
          {words.kill}
        </button>
      </div>
      <div class="row">
        {words.ahead}:
        <button type="button" class="block-button" onClick={() => make({ act: 'advance', ms: HOUR_MS })}>
          {words.hour}
        </button>
        <button type="button" class="block-button" onClick={() => make({ act: 'advance', ms: 24 * HOUR_MS })}>
          {words.day}
        </button>
      </div>
      {trouble === undefined ? null : (
        <p class="trouble" role="alert">
          {trouble}
        </p>
      )}
    </>
  );
}
