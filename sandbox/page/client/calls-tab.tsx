/** What the local Alibaba Cloud holds, and each signed call with its answer. */
import { isCreate } from '../../alibaba-cloud/is-create.ts';
import type { PageCall } from '../wire.ts';
import { useScene } from './scene.ts';

export function CallsTab() {
  const { knowledge, words } = useScene();
  const endpoints = knowledge.all('endpoint');
  const calls = [...knowledge.all('call')].reverse();
  return (
    <>
      <h3>{words.endpoints}</h3>
      {endpoints.length === 0 ? <p class="note">{words.noEndpoints}</p> : null}
      <ul class="endpoints">
        {endpoints.map(({ id, instance, service, zone, domain, status }) => (
          <li key={id}>
            <code>{id}</code> <span class={`status ${status}`}>{status}</span>
            <div class="dim">
              {instance} → {service} · {zone}
            </div>
            <code class="domain">{domain}</code>
          </li>
        ))}
      </ul>
      <h3>{words.calls}</h3>
      {calls.length === 0 ? <p class="note">{words.noCalls}</p> : null}
      <ul class="calls">
        {calls.map((call) => (
          <li key={call.n}>
            <Call call={call} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Call({ call }: { readonly call: PageCall }) {
  const { words } = useScene();
  const isBad = call.outcome.startsWith('fault:');
  const headers = Object.entries(call.headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
  return (
    <details class={isBad ? 'call bad' : 'call'}>
      <summary>
        <span class={isCreate(call) ? 'action create' : 'action'}>{call.action}</span>
        {call.dryRun ? <span class="chip">{words.dryRun}</span> : null}
        {call.made === undefined ? null : <span class="chip good">+ {call.made}</span>}
        <span class="outcome">
          {call.outcome === 'fault:reset' ? words.lost : `${call.status ?? '…'} ${call.outcome}`}
        </span>
      </summary>
      {call.clientToken === undefined ? null : (
        <p>
          ClientToken <code>{call.clientToken}</code>
        </p>
      )}
      <pre>{`${call.target}\n${headers}${call.body === '' ? '' : `\n\n${call.body}`}`}</pre>
      <p>{words.answer}</p>
      <pre>{pretty(call.answer)}</pre>
    </details>
  );
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
