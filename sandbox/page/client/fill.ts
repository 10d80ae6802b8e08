/** Filling in one input of a form: goes to the local Slack at once, so that the bot is asked what the form says. */
import { useCallback } from 'preact/hooks';
import { asText, type Json, type Option } from '../../slack/model.ts';
import type { Place } from './element.ts';
import { useScene } from './scene.ts';

/** What is still to be sent before a form can be submitted, by view. */
const unsent = new Map<string, Set<() => Promise<void>>>();

export async function sendAllOf(view: string): Promise<void> {
  await Promise.all([...(unsent.get(view) ?? [])].map((send) => send()));
}

export function useFill(block: Json, place: Place) {
  const { act, me } = useScene();
  const view = place.kind === 'view' ? place.view.id : undefined;
  const isDead = view === undefined || act === undefined || me === undefined;
  const blockId = asText(block.block_id);
  return {
    isDead,
    fill: async (value: string | Option | null): Promise<void> => {
      if (!isDead) await act({ act: 'fill', as: me.id, view, block: blockId, value });
    },
    search: async (text: string): Promise<readonly Option[]> => {
      if (isDead) return [];
      const done = await act({ act: 'search', as: me.id, view, block: blockId, text });
      return done.ok ? (done.options ?? []) : [];
    },
    /** @returns how to take it back. */
    beforeSubmit: useCallback(
      (send: () => Promise<void>): (() => void) => {
        if (view === undefined) return () => {};
        const all = unsent.get(view) ?? new Set();
        unsent.set(view, all.add(send));
        return () => all.delete(send);
      },
      [view],
    ),
  };
}
