/** One person at the keyboard: types commands, fills in modals, clicks buttons, reads. */
import type { WaitOptions } from '../changes.ts';
import type { DeliveryResult } from '../deliver/bot-endpoint.ts';
import { action, messageActions } from '../deliver/payloads.ts';
import { describeWorkspace, namesOf } from '../describe-workspace.ts';
import { shownView } from '../modals.ts';
import type { Channel, Json, Message, Option, View } from '../model.ts';
import { asText } from '../model.ts';
import { renderView } from '../render/render-text.ts';
import { valuesOf } from '../view-state.ts';
import { chosenIn, findElement } from './clickable.ts';
import { mustBeAbleToType, typeCommand, useShortcut } from './entrances.ts';
import { Inputs } from './inputs.ts';
import type { SubmitOutcome } from './submit.ts';
import { closeModal, submitView } from './submit.ts';
import type { Tools } from './tools.ts';
import { newResponseUrl, TROUBLE } from './tools.ts';

export type ClickOptions = {
  /** Which button, when several share an action_id. */
  blockId?: string;
  /** Which entry of a menu. */
  option?: string;
  /** What is answered to the button's "are you sure?". */
  confirm?: boolean;
  /** How often Slack hands over the very same click; once, unless told otherwise. */
  deliveries?: number;
};

/** A modal by the handle that `waitForView` gave. */
export type ViewRef = { id: string };

export class Person {
  readonly id: string;
  private readonly tools: Tools;
  private readonly inputs: Inputs;

  constructor(tools: Tools) {
    this.id = tools.user.id;
    this.tools = tools;
    this.inputs = new Inputs(tools);
  }

  /** Types a slash command in a channel: an id, `#name`, or `dm` for the conversation with the bot. */
  async command(where: string, command: string, text = ''): Promise<DeliveryResult> {
    return typeCommand(this.tools, this.place(where), command, text);
  }

  /** Picks one of the app's global shortcuts. */
  shortcut(callbackId: string): Promise<DeliveryResult> {
    return useShortcut(this.tools, callbackId);
  }

  /** Writes a message. Nobody tells the bot. */
  say(where: string, text: string, threadTs?: string): Message {
    const channel = this.place(where);
    mustBeAbleToType(this.tools.user, channel);
    const thread = threadTs === undefined ? {} : { thread_ts: threadTs };
    return this.tools.workspace.post({ channel: channel.id, user: this.id, text, ...thread });
  }

  // Modals ---------------------------------------------------------------------------------------------------------

  /** The modals that are open, the one on top last. */
  views(): View[] {
    return this.tools.workspace.modals(this.id);
  }

  /** Resolves when the modal on top is this one. */
  waitForView(callbackId: string, options: WaitOptions = {}): Promise<View> {
    const { workspace, log, user } = this.tools;
    const onTop = (): View | undefined => {
      const view = this.views().at(-1);
      return view?.callback_id === callbackId ? view : undefined;
    };
    const what = `the modal ${callbackId} of ${user.name}`;
    return workspace.changes.waitFor(onTop, () => describeWorkspace(workspace, log), { what, ...options });
  }

  search(view: ViewRef, blockId: string, text: string): Promise<Option[]> {
    return this.inputs.search(view, blockId, text);
  }

  pick(view: ViewRef, blockId: string, option: string | Option): Promise<DeliveryResult | undefined> {
    return this.inputs.pick(view, blockId, option);
  }

  type(view: ViewRef, blockId: string, text: string): Promise<DeliveryResult | undefined> {
    return this.inputs.type(view, blockId, text);
  }

  choose(
    view: ViewRef,
    blockId: string,
    wanted: string | string[] | Option | null,
  ): Promise<DeliveryResult | undefined> {
    return this.inputs.choose(view, blockId, wanted);
  }

  errors(view: ViewRef): { label: string; error: string }[] {
    return this.inputs.errors(view);
  }

  submit(view: ViewRef): Promise<SubmitOutcome> {
    return submitView(this.tools, this.inputs.openView(view));
  }

  /** Goes back one; with `all`, closes the whole stack. */
  close(view: ViewRef, { all = false }: { all?: boolean } = {}): Promise<void> {
    return closeModal(this.tools, this.inputs.openView(view), all);
  }

  // Clicking -------------------------------------------------------------------------------------------------------

  /**
   * Clicks a button, or picks from a menu, in a message or a view. A copy of a message taken earlier works too: that
   * is a client that has not heard of the update yet.
   */
  async click(target: Message | View, actionId: string, options: ClickOptions = {}): Promise<DeliveryResult> {
    const { workspace, user } = this.tools;
    const { block, element } = findElement(target, actionId, options.blockId);
    const blockId = asText(block.block_id);
    if (element.confirm !== undefined && options.confirm === false) return { ok: true, body: '', ackMs: 0 };
    const chosen = chosenIn(element, options.option);
    if ('callback_id' in target) return this.inputs.dispatch(this.inputs.openView(target), element, blockId, chosen);
    const message = workspace.findMessage(target.channel, target.ts);
    if (!message || !this.reads(message)) throw new Error(`${user.name} does not see the message ${target.ts}`);
    const actions = [action(element, blockId, chosen, workspace.nextTs())];
    return this.send(message, actionId, actions, options.deliveries ?? 1);
  }

  private async send(message: Message, actionId: string, actions: Json[], deliveries: number): Promise<DeliveryResult> {
    const { workspace, user, bot, triggers } = this.tools;
    const payload = messageActions(workspace, user, message, {
      actions,
      triggerId: triggers.issue({ user: this.id, channel: message.channel }),
      responseUrl: newResponseUrl(this.tools, { user: this.id, channel: message.channel, messageTs: message.ts }),
      values: valuesOf(message.blocks),
    });
    const value = asText(actions[0]?.value);
    const about = { kind: 'block_actions', what: actionId, user: this.id, ...(value === '' ? {} : { value }) } as const;
    const result = await bot.interaction(payload, about);
    for (let more = 1; more < deliveries; more += 1) await bot.interaction(payload, { ...about, retryNum: more });
    if (!result.ok) workspace.notice({ user: this.id, channel: message.channel, text: TROUBLE });
    return result;
  }

  /** An impatient double click: two interactions, in flight together. */
  clickTwice(
    target: Message | View,
    actionId: string,
    options: ClickOptions = {},
  ): Promise<[DeliveryResult, DeliveryResult]> {
    return Promise.all([this.click(target, actionId, options), this.click(target, actionId, options)]);
  }

  // Reading --------------------------------------------------------------------------------------------------------

  /** Everything that this person sees in a channel, threads and own ephemerals too, in order. */
  sees(where: string): Message[] {
    const channel = this.place(where);
    return this.tools.workspace.messages.filter((message) => message.channel === channel.id && this.reads(message));
  }

  ephemerals(where?: string): Message[] {
    const all = this.tools.workspace.messages.filter((message) => message.ephemeralTo === this.id);
    return where === undefined ? all : all.filter((message) => message.channel === this.place(where).id);
  }

  /** The conversation with the bot. */
  dms(): Message[] {
    return this.sees('dm');
  }

  /** Warnings of Slack's own client. */
  notices(): string[] {
    return this.tools.workspace.notices.filter((notice) => notice.user === this.id).map((notice) => notice.text);
  }

  /** Opens the app's Home tab. @param lostAcks so often Slack does not hear the bot's ack, and delivers it again. */
  openHome({ lostAcks = 0 }: { lostAcks?: number } = {}): Promise<DeliveryResult[]> {
    const { workspace, bot } = this.tools;
    const home = this.home();
    const shown = home === undefined ? {} : { view: shownView(workspace, home) };
    const channel = workspace.dm(this.id).id;
    return bot.event({ type: 'app_home_opened', user: this.id, channel, tab: 'home', ...shown }, { lostAcks });
  }

  home(): View | undefined {
    return this.tools.workspace.homes.get(this.id);
  }

  /** The Home tab as plain text, line by line; empty before anything was published. */
  readHome(): string {
    const home = this.home();
    return home === undefined ? '' : renderView(home, namesOf(this.tools.workspace)).join('\n');
  }

  /** Resolves when the Home tab reads so; whoever looks at it need not open it again. */
  waitForHome(reads: (text: string) => boolean, options: WaitOptions = {}): Promise<View> {
    const { workspace, log, user } = this.tools;
    const look = (): View | undefined => (reads(this.readHome()) ? this.home() : undefined);
    const what = `what the Home tab of ${user.name} is to read`;
    return workspace.changes.waitFor(look, () => describeWorkspace(workspace, log), { what, ...options });
  }

  private place(where: string): Channel {
    return where === 'dm' ? this.tools.workspace.dm(this.id) : this.tools.workspace.channel(where);
  }

  private reads(message: Message): boolean {
    const visible = message.ephemeralTo === undefined || message.ephemeralTo === this.id;
    return visible && this.tools.workspace.canSee(this.id, this.tools.workspace.channel(message.channel));
  }
}
