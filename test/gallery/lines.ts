/** A rendering as a person reads it in a terminal. */
import { asJson, asList, type View } from '../../sandbox/slack/model.ts';
import { type Names, renderMessage, renderView } from '../../sandbox/slack/render/render-text.ts';
import { sampleWorkspace } from '../../sandbox/slack/sample-workspace.ts';
import { valuesOf } from '../../sandbox/slack/view-state.ts';
import { HERE } from './asked.ts';
import type { Rendering } from './rendering.ts';

const { users, channels, userGroups } = sampleWorkspace();
const nameIn = (all: readonly { readonly id: string; readonly name: string }[]) => (id: string) =>
  all.find((one) => one.id === id)?.name;
const names: Names = { user: nameIn(users), channel: nameIn(channels), userGroup: nameIn(userGroups) };

export function lines({ message, view, errors = {}, options }: Rendering): readonly string[] {
  if (message !== undefined) return renderMessage({ text: message.text, blocks: asList(message.blocks) }, names);
  if (options !== undefined) return options.map(({ text }) => `◦ ${text.text}`);
  if (view === undefined) return [];
  const blocks = asList(view.blocks);
  const opened: View = {
    id: 'V1',
    type: 'modal',
    user: 'U0ANN',
    callback_id: '',
    external_id: '',
    private_metadata: '',
    title: asJson(view.title),
    submit: asJson(view.submit),
    close: asJson(view.close),
    blocks,
    clear_on_close: false,
    notify_on_close: false,
    hash: '',
    root_view_id: 'V1',
    previous_view_id: null,
    values: valuesOf(blocks, {}, HERE),
    valuesAtOpen: {},
    errors: { ...errors },
    open: true,
  };
  return renderView(opened, names);
}
