/** Opening, pushing, updating and closing views, whoever asks: the API or the answer to a submit. */
import type { Json, Values, View } from './model.ts';
import { asText } from './model.ts';
import { APP_ID, BOT_ID } from './sample-workspace.ts';
import type { Refusal } from './validate/message.ts';
import { valuesOf } from './view-state.ts';
import type { Workspace } from './workspace.ts';

type Placement = { user: string; previous?: View | undefined; openedFrom?: string | undefined };

export function createView(workspace: Workspace, sent: Json, { user, previous, openedFrom }: Placement): View {
  const id = workspace.id('V');
  const blocks = workspace.complete(sent.blocks as Json[]);
  const values = valuesOf(blocks, {}, openedFrom);
  const view: View = {
    id,
    user,
    ...described(sent),
    blocks,
    hash: workspace.id('1.h'),
    root_view_id: previous?.root_view_id ?? id,
    previous_view_id: previous?.id ?? null,
    values,
    valuesAtOpen: structuredClone(values),
    errors: {},
    open: true,
    ...(openedFrom === undefined ? {} : { openedFrom }),
  };
  if (view.type === 'home') workspace.homes.set(user, view);
  workspace.views.set(id, view);
  workspace.changed();
  return view;
}

/** An external_id names one open view. */
export function refuseExternalId(sent: Json, workspace: Workspace, except?: View): Refusal | undefined {
  const id = asText(sent.external_id);
  const others = [...workspace.views.values()].filter((view) => view.open && view !== except);
  return id !== '' && others.some((view) => view.external_id === id) ? { error: 'duplicate_external_id' } : undefined;
}

/** In place: whoever holds the view sees it change. */
export function replaceView(workspace: Workspace, view: View, sent: Json): void {
  for (const key of ['title', 'submit', 'close'] as const) delete view[key];
  const blocks = workspace.complete(sent.blocks as Json[]);
  const values = valuesOf(blocks, view.values, view.openedFrom);
  const hash = workspace.id('1.h');
  Object.assign(view, described(sent), { blocks, values, valuesAtOpen: structuredClone(values), errors: {}, hash });
  workspace.changed();
}

function described(
  sent: Json,
): Pick<View, 'type' | 'callback_id' | 'external_id' | 'private_metadata' | 'clear_on_close' | 'notify_on_close'> &
  Partial<Pick<View, 'title' | 'submit' | 'close'>> {
  const { title, submit, close } = sent as Partial<Record<'title' | 'submit' | 'close', Json>>;
  return {
    type: sent.type as View['type'],
    callback_id: asText(sent.callback_id),
    external_id: asText(sent.external_id),
    private_metadata: asText(sent.private_metadata),
    clear_on_close: sent.clear_on_close === true,
    notify_on_close: sent.notify_on_close === true,
    ...(title ? { title } : {}),
    ...(submit ? { submit } : {}),
    ...(close ? { close } : {}),
  };
}

export function closeView(workspace: Workspace, view: View): void {
  view.open = false;
  workspace.changed();
}

export function closeAll(workspace: Workspace, user: string): void {
  for (const view of workspace.modals(user)) view.open = false;
  workspace.changed();
}

/** A view as payloads and API answers carry it. */
export function shownView(workspace: Workspace, view: View, values: Values = view.values): Json {
  const owner = { app_installed_team_id: workspace.team.id, bot_id: BOT_ID };
  return {
    id: view.id,
    team_id: workspace.team.id,
    type: view.type,
    blocks: view.blocks,
    private_metadata: view.private_metadata,
    callback_id: view.callback_id,
    state: { values },
    hash: view.hash,
    title: view.title ?? null,
    clear_on_close: view.clear_on_close,
    notify_on_close: view.notify_on_close,
    close: view.close ?? null,
    submit: view.submit ?? null,
    previous_view_id: view.previous_view_id,
    root_view_id: view.root_view_id,
    app_id: APP_ID,
    external_id: view.external_id,
    ...(workspace.switches.viewOwner === 'present' ? owner : {}),
  };
}
