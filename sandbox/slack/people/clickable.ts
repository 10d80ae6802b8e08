/** Finding what can be clicked in a message or a view. */
import type { Json, Message, View } from '../model.ts';
import { asText } from '../model.ts';
import { interactiveElements } from '../validate/blocks.ts';
import { offeredOptions } from '../validate/offered.ts';

export function findElement(
  target: Message | View,
  actionId: string,
  blockId?: string,
): { block: Json; element: Json } {
  const there: string[] = [];
  for (const block of target.blocks) {
    for (const element of interactiveElements(block)) {
      const matches = element.action_id === actionId && (blockId === undefined || block.block_id === blockId);
      if (matches) return { block, element };
      there.push(asText(element.action_id));
    }
  }
  throw new Error(`nothing to click is called ${actionId}; there are: ${there.join(', ') || 'none'}`);
}

/** What a menu's payload says was chosen; nothing for a button. */
export function chosenIn(element: Json, wanted: string | undefined): Json {
  const options = offeredOptions(element);
  if (!options) return {};
  const option = options.find((one) => one.value === wanted);
  if (!option)
    throw new Error(`${wanted ?? 'no option'}: offered are ${options.map((o) => String(o.value)).join(', ')}`);
  return { selected_option: option };
}
