/** Raw payloads, both ways. */
import type { ApiCall, Delivery } from '../../slack/call-log.ts';
import { useScene } from './scene.ts';

type Passage = { readonly seq: number; readonly words: string; readonly raw: unknown; readonly isBad: boolean };

export function RawTab() {
  const { knowledge, words } = useScene();
  const passages = [
    ...knowledge.all('delivery').map((each) => ofDelivery(each, words.fromSlack)),
    ...knowledge.all('api').map((each) => ofCall(each, words.toSlack)),
  ].sort((one, other) => other.seq - one.seq);
  return (
    <ul class="calls">
      {passages.map(({ seq, words: line, raw, isBad }) => (
        <li key={seq}>
          <details class={isBad ? 'call bad' : 'call'}>
            <summary>{line}</summary>
            <pre>{JSON.stringify(raw, null, 2)}</pre>
          </details>
        </li>
      ))}
    </ul>
  );
}

function ofDelivery(delivery: Delivery, way: string): Passage {
  const { seq, kind, what, status, ackMs, problem, payload } = delivery;
  return {
    seq,
    words: `${way}  ${kind} ${what} · ${problem ?? status ?? ''} · ${Math.round(ackMs)} ms`,
    raw: payload ?? delivery,
    isBad: problem !== undefined,
  };
}

function ofCall({ seq, method, status, args, answer, fault, ms }: ApiCall, way: string): Passage {
  return {
    seq,
    words: `${way}  ${method} · ${fault ?? status} · ${Math.round(ms)} ms`,
    raw: { args, answer },
    isBad: fault !== undefined,
  };
}
