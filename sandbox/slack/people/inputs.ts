/** Filling in a modal: searching, picking, typing, choosing. */
import type { DeliveryResult } from '../deliver/bot-endpoint.ts';
import { action, suggestion, viewActions } from '../deliver/payloads.ts';
import type { Channel, ElementState, Json, Option, View } from '../model.ts';
import { asJson, asList, asText, textOf } from '../model.ts';
import { optionsProblems } from '../validate/answers.ts';
import { interactiveElements } from '../validate/blocks.ts';
import { escapeBlocks } from '../validate/escape.ts';
import { offeredOptions } from '../validate/offered.ts';
import { slotOf } from '../view-state.ts';
import type { Tools } from './tools.ts';
import { TROUBLE } from './tools.ts';

type Found = { view: View; block: Json; blockId: string; element: Json; type: string; actionId: string };

export class Inputs {
  private readonly tools: Tools;
  /** The options last shown, by view and block: a person picks from what is on the screen. */
  private readonly shown = new Map<string, Option[]>();

  constructor(tools: Tools) {
    this.tools = tools;
  }

  /** Types into an external select. Fewer characters than its min_query_length never reach the app. */
  async search(ref: { id: string }, blockId: string, text: string): Promise<Option[]> {
    const { workspace, user, bot } = this.tools;
    const { view, element, type } = this.find(ref, blockId);
    if (!type.endsWith('external_select'))
      throw new Error(`${blockId} is a ${type}: only an external select is searched`);
    if (text.length < Number(element.min_query_length ?? workspace.switches.minQueryLength)) return [];
    const payload = suggestion(workspace, user, view, element, blockId, text);
    const what = asText(element.action_id);
    const result = await bot.interaction(payload, { kind: 'block_suggestion', what, user: user.id });
    const options = result.ok ? this.readOptions(result, blockId) : [];
    if (!result.ok) workspace.notice({ user: user.id, text: `${blockId}: ${TROUBLE}` });
    this.shown.set(`${view.id}/${blockId}`, options);
    return options;
  }

  private readOptions({ body }: DeliveryResult, blockId: string): Option[] {
    const { log } = this.tools;
    let answer: unknown;
    try {
      answer = JSON.parse(body);
    } catch {
      answer = undefined;
    }
    const problems = optionsProblems(answer);
    if (problems.length > 0) {
      log.protocolError(`block_suggestion ${blockId}: ${problems.join('; ')}`);
      return [];
    }
    return (offeredOptions(asJson(answer)) ?? []).map((option) => escapeBlocks(option) as Option);
  }

  /** Picks by value, from what is shown or found by searching; or takes the option given, offered or not. */
  async pick(ref: { id: string }, blockId: string, wanted: string | Option): Promise<DeliveryResult | undefined> {
    const found = this.find(ref, blockId);
    if (!found.type.endsWith('external_select')) return this.choose(ref, blockId, wanted);
    const option = typeof wanted === 'string' ? await this.offered(found, wanted) : (escapeBlocks(wanted) as Option);
    return this.set(found, found.type.startsWith('multi_') ? [option] : option);
  }

  private async offered({ view, blockId }: Found, value: string): Promise<Option> {
    let options = this.shown.get(`${view.id}/${blockId}`) ?? [];
    for (const query of ['', value]) {
      const match = options.find((option) => option.value === value);
      if (match) return match;
      options = await this.search(view, blockId, query);
    }
    const match = options.find((option) => option.value === value);
    if (match) return match;
    throw new Error(
      `${blockId}: ${value} is not offered; offered: ${options.map((o) => o.value).join(', ') || 'nothing'}`,
    );
  }

  /** Types a text, and presses Enter where the app wants to hear of it. */
  async type(ref: { id: string }, blockId: string, text: string): Promise<DeliveryResult | undefined> {
    const found = this.find(ref, blockId);
    if (slotOf(found.type)?.state !== 'value') throw new Error(`${blockId} is a ${found.type}: nothing can be typed`);
    return this.set(found, text === '' ? null : text);
  }

  /** Radio buttons, menus, checkboxes, dates, people, channels: by value or id. Null clears it. */
  async choose(
    ref: { id: string },
    blockId: string,
    wanted: string | string[] | Option | null,
  ): Promise<DeliveryResult | undefined> {
    const found = this.find(ref, blockId);
    const slot = slotOf(found.type);
    if (!slot) throw new Error(`${blockId} is a ${found.type}: nothing can be chosen`);
    if (wanted === null) return this.set(found, slot.empty);
    if (found.type.endsWith('external_select')) return this.pick(ref, blockId, wanted as string | Option);
    const all = Array.isArray(wanted) ? wanted : [wanted];
    const values = all.map((one) => (typeof one === 'string' ? this.named(found, one) : escapeBlocks(one)));
    return this.set(found, Array.isArray(slot.empty) ? values : values[0]);
  }

  private named({ element, blockId, type }: Found, wanted: string): unknown {
    const options = offeredOptions(element);
    if (options) {
      const match = options.find((option) => option.value === wanted);
      if (match) return match;
      const offered = options.map((option) => String(option.value)).join(', ');
      throw new Error(`${blockId}: ${wanted} is not offered; offered: ${offered}`);
    }
    if (!/conversations|channels/.test(type)) return wanted;
    const channel = this.tools.workspace.channel(wanted);
    const reason = this.whyNotListed(channel, element);
    if (reason) throw new Error(`${blockId}: ${channel.id} is not in the list: ${reason}`);
    return channel.id;
  }

  private whyNotListed(channel: Channel, element: Json): string | undefined {
    const { workspace, user } = this.tools;
    if (!workspace.canSee(user.id, channel)) return `${user.name} can't see it`;
    const include = asJson(element.filter).include;
    const kind = channel.is_im ? 'im' : channel.is_private ? 'private' : 'public';
    return Array.isArray(include) && !include.includes(kind) ? `the filter leaves out ${kind} ones` : undefined;
  }

  private async set(found: Found, value: unknown): Promise<DeliveryResult | undefined> {
    const { workspace } = this.tools;
    const { view, block, blockId, element, type, actionId } = found;
    const state: ElementState = { type, [slotOf(type)?.state ?? 'value']: value };
    view.values[blockId] = { ...view.values[blockId], [actionId]: state };
    delete view.errors[blockId];
    workspace.changed();
    // Inputs tell the app only when asked to; elements of sections and actions always do.
    if (block.type === 'input' && block.dispatch_action !== true) return undefined;
    return this.dispatch(view, element, blockId, state);
  }

  /** Sends block_actions for an element of a view. */
  async dispatch(view: View, element: Json, blockId: string, chosen: Json): Promise<DeliveryResult> {
    const { workspace, user, bot, triggers } = this.tools;
    const triggerId = triggers.issue({ user: user.id, viewId: view.id });
    const actions = [action(element, blockId, chosen, workspace.nextTs())];
    const about = { kind: 'block_actions', what: asText(element.action_id), user: user.id } as const;
    const result = await bot.interaction(viewActions(workspace, user, view, { actions, triggerId }), about);
    if (!result.ok) workspace.notice({ user: user.id, text: TROUBLE });
    return result;
  }

  find(ref: { id: string }, blockId: string): Found {
    const view = this.openView(ref);
    const block = view.blocks.find((one) => one.block_id === blockId);
    const element = block && interactiveElements(block)[0];
    if (!block || !element) {
      const there = view.blocks.map((one) => asText(one.block_id)).join(', ');
      throw new Error(`no input ${blockId} in "${textOf(view.title)}"; there are: ${there}`);
    }
    return { view, block, blockId, element, type: asText(element.type), actionId: asText(element.action_id) };
  }

  openView(ref: { id: string }): View {
    const { workspace, user } = this.tools;
    const view = workspace.views.get(ref.id);
    if (!view || view.user !== user.id) throw new Error(`${user.name} has no view ${ref.id}`);
    if (!view.open) throw new Error(`the view "${textOf(view.title)}" is closed`);
    return view;
  }

  /** The errors a person reads in a view, with the labels they stand beside. */
  errors(ref: { id: string }): { label: string; error: string }[] {
    const view = this.openView(ref);
    return asList(view.blocks).flatMap((block) => {
      const error = view.errors[asText(block.block_id)];
      return error === undefined ? [] : [{ label: textOf(block.label), error }];
    });
  }
}
