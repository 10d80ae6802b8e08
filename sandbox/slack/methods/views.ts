/** views.*: modals and Home. */
import { closeAll, createView, refuseExternalId, replaceView, shownView } from '../modals.ts';
import type { Json } from '../model.ts';
import { asJson, asText } from '../model.ts';
import type { TriggerOrigin } from '../tickets.ts';
import { LIMITS } from '../validate/limits.ts';
import type { Refusal } from '../validate/message.ts';
import { refuseView } from '../validate/view.ts';
import type { Method, MethodContext } from './method.ts';
import { fail } from './method.ts';

/** The shape is judged before the trigger is spent, so a broken view can be sent again. */
function admit(args: Json, { workspace, triggers }: MethodContext): TriggerOrigin | Refusal {
  const refused = refuseView(args.view, 'modal') ?? refuseExternalId(asJson(args.view), workspace);
  if (refused) return refused;
  const taken = triggers.take(asText(args.trigger_id ?? args.interactivity_pointer));
  return 'error' in taken ? fail(taken.error) : taken.origin;
}

const open: Method = {
  scopes: [],
  tier: 4,
  run: (args, context) => {
    const origin = admit(args, context);
    if ('error' in origin) return origin;
    closeAll(context.workspace, origin.user);
    const view = createView(context.workspace, asJson(args.view), { user: origin.user, openedFrom: origin.channel });
    return { view: shownView(context.workspace, view) };
  },
};

const push: Method = {
  scopes: [],
  tier: 4,
  run: (args, context) => {
    const origin = admit(args, context);
    if ('error' in origin) return origin;
    const stack = context.workspace.modals(origin.user);
    const previous = stack.at(-1);
    if (!previous || origin.viewId === undefined) return fail('not_found');
    if (stack.length >= LIMITS.view.stack) return fail('push_limit_reached');
    const placement = { user: origin.user, previous, openedFrom: previous.openedFrom };
    return { view: shownView(context.workspace, createView(context.workspace, asJson(args.view), placement)) };
  },
};

const update: Method = {
  scopes: [],
  tier: 4,
  run: (args, { workspace }) => {
    const id = asText(args.view_id);
    const externalId = asText(args.external_id);
    if (id === '' && externalId === '') return fail('invalid_arguments');
    const all = [...workspace.views.values()].filter((view) => view.open);
    const view = all.find((one) => (id === '' ? one.external_id === externalId : one.id === id));
    if (!view) return fail('not_found');
    const refused = refuseView(args.view, view.type) ?? refuseExternalId(asJson(args.view), workspace, view);
    if (refused) return refused;
    if (typeof args.hash === 'string' && args.hash !== view.hash) return fail('hash_conflict');
    replaceView(workspace, view, asJson(args.view));
    return { view: shownView(workspace, view) };
  },
};

const publish: Method = {
  scopes: [],
  tier: 4,
  run: (args, { workspace }) => {
    const user = workspace.users.get(asText(args.user_id));
    if (!user) return fail('user_not_found');
    const refused = refuseView(args.view, 'home');
    if (refused) return refused;
    const known = workspace.homes.get(user.id);
    if (known && typeof args.hash === 'string' && args.hash !== known.hash) return fail('hash_conflict');
    if (known) replaceView(workspace, known, asJson(args.view));
    const view = known ?? createView(workspace, asJson(args.view), { user: user.id });
    return { view: shownView(workspace, view) };
  },
};

export const VIEW_METHODS: Record<string, Method> = {
  'views.open': open,
  'views.push': push,
  'views.update': update,
  'views.publish': publish,
};
