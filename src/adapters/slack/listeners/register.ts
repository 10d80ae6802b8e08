/** Table of contents: which id of Slack's is answered by which file. */
import type { App, BlockAction, GlobalShortcut, ViewSubmitAction } from '@slack/bolt';
import {
  approveAloneModal,
  approveRequestModal,
  rejectRequestModal,
  reviewRequestModal,
} from '../modals/decision-forms.ts';
import { onAskAgain } from './actions/ask-again.ts';
import { onChooseEndpoint } from './actions/choose-endpoint.ts';
import { onClick } from './actions/click.ts';
import { onDecisionForm } from './actions/decision-form.ts';
import { onEdit } from './actions/edit.ts';
import { onNewRequest } from './actions/new-request.ts';
import { onPick } from './actions/pick.ts';
import { onUnknownAction } from './actions/unknown.ts';
import { onWhy } from './actions/why.ts';
import { onCommand } from './commands/vpc-endpoint.ts';
import { onHomeOpened } from './events/home-opened.ts';
import { onInstallationEnded } from './events/installation-ended.ts';
import { onSearch } from './options/search.ts';
import { onCreateShortcut } from './shortcuts/create.ts';
import { onUnknownShortcut } from './shortcuts/unknown.ts';
import type { ListenerTools } from './tools.ts';
import { onChooseSubmitted } from './views/choose-endpoint.ts';
import { onCreateSubmitted } from './views/create-endpoint.ts';
import { onDecisionSubmitted, readApprove, readApproveAlone, readReject, readReview } from './views/decision.ts';
import { onEditSubmitted } from './views/edit-request.ts';
import { onUnknownView } from './views/unknown.ts';

export function registerListeners(app: App, tools: ListenerTools): void {
  // Whatever the operators called the command, Slack sends only their own.
  app.command(/^\//, onCommand(tools));

  const actions = {
    approve: onClick(tools, 'approve'),
    cancel: onClick(tools, 'cancel'),
    retry: onClick(tools, 'retry'),
    repost_card: onClick(tools, 'repost-card'),
    accept_connection: onClick(tools, 'accept-connection'),
    remind: onClick(tools, 'remind'),
    reject: onDecisionForm(tools, 'reject', rejectRequestModal),
    approve_with_note: onDecisionForm(tools, 'approve', approveRequestModal),
    approve_alone: onDecisionForm(tools, 'approve-alone', approveAloneModal),
    review: onDecisionForm(tools, 'review', reviewRequestModal),
    ask_again: onAskAgain(tools),
    edit: onEdit(tools),
    why: onWhy(tools),
    new_request: onNewRequest(tools),
    choose_endpoint: onChooseEndpoint(tools),
    account: onPick(tools),
    instance: onPick(tools),
    service: onPick(tools),
  };
  const action = byId(actions, onUnknownAction(tools));
  app.action<BlockAction>({ type: 'block_actions' }, (args) => action(args.action.action_id, args));

  const searches = {
    instance: onSearch(tools, 'instance'),
    service: onSearch(tools, 'service'),
    zone: onSearch(tools, 'zone'),
  };
  const search = byId(searches, ({ ack }) => ack({ options: [] }));
  app.options<'block_suggestion'>(ANY, (args) => search(args.payload.action_id, args));

  const views = {
    create_endpoint: onCreateSubmitted(tools),
    edit_request: onEditSubmitted(tools),
    reject_request: onDecisionSubmitted(tools, readReject),
    approve_request: onDecisionSubmitted(tools, readApprove),
    approve_alone: onDecisionSubmitted(tools, readApproveAlone),
    review_request: onDecisionSubmitted(tools, readReview),
    choose_endpoint: onChooseSubmitted(tools),
  };
  const view = byId(views, onUnknownView(tools));
  app.view<ViewSubmitAction>({ type: 'view_submission', callback_id: ANY }, (args) =>
    view(args.view.callback_id, args),
  );
  app.view({ type: 'view_closed', callback_id: ANY }, ({ ack }) => ack());

  const shortcut = byId({ create_endpoint: onCreateShortcut(tools) }, onUnknownShortcut(tools));
  app.shortcut<GlobalShortcut>({ type: 'shortcut', callback_id: ANY }, (args) =>
    shortcut(args.shortcut.callback_id, args),
  );

  app.event('app_home_opened', onHomeOpened(tools));
  app.event('app_uninstalled', onInstallationEnded(tools));
  app.event('tokens_revoked', onInstallationEnded(tools));
}

const ANY = /^/;

type Listener<Args> = (args: Args) => Promise<void>;

/** One listener for all ids of a kind: Bolt tries, on each delivery, every listener that there is. */
function byId<Args>(listeners: Readonly<Record<string, Listener<Args>>>, others: Listener<Args>) {
  const known = new Map(Object.entries(listeners));
  return (id: string, args: Args): Promise<void> => (known.get(id) ?? others)(args);
}
