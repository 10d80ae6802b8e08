/** What the page knows, kept up to date by the server's stream of facts. */
import type { Act, Done, Kind, Kinds, Patch } from '../wire.ts';

export class Knowledge {
  private readonly facts: ReadonlyMap<string, unknown>;

  constructor(facts: ReadonlyMap<string, unknown> = new Map()) {
    this.facts = facts;
  }

  /** Sorted by name. */
  all<K extends Kind>(kind: K): readonly Kinds[K][] {
    const prefix = `${kind}/`;
    return [...this.facts]
      .filter(([key]) => key.startsWith(prefix))
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([, fact]) => fact as Kinds[K]);
  }

  one<K extends Kind>(kind: K, name: string): Kinds[K] | undefined {
    return this.facts.get(`${kind}/${name}`) as Kinds[K] | undefined;
  }

  with({ set, gone }: Patch): Knowledge {
    const facts = new Map(this.facts);
    for (const key of gone) facts.delete(key);
    for (const [key, fact] of Object.entries(set)) facts.set(key, fact);
    return new Knowledge(facts);
  }
}

/** @param lost called when the stream breaks, and again with false when it is back. */
export function watchFacts(take: (knowledge: Knowledge) => void, lost: (isLost: boolean) => void): () => void {
  let knowledge = new Knowledge();
  const stream = new EventSource('/facts');
  stream.onopen = () => {
    // A stream that comes back begins with everything.
    knowledge = new Knowledge();
    lost(false);
  };
  stream.onmessage = ({ data }: MessageEvent<string>) => {
    knowledge = knowledge.with(JSON.parse(data) as Patch);
    take(knowledge);
  };
  stream.onerror = () => lost(true);
  return () => stream.close();
}

export async function act(what: Act): Promise<Done> {
  try {
    const response = await fetch('/act', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(what),
    });
    return (await response.json()) as Done;
  } catch (error) {
    return { ok: false, why: String(error) };
  }
}
