/** auth.*, users.*, usergroups.*: who is who. */
import type { User } from '../model.ts';
import { asText } from '../model.ts';
import { APP_ID, BOT_ID, BOT_USER } from '../sample-workspace.ts';
import type { Method } from './method.ts';
import { fail, flag } from './method.ts';

const authTest: Method = {
  scopes: [],
  run: (_args, { workspace }) => ({
    url: `https://${workspace.team.domain}.slack.com/`,
    team: workspace.team.name,
    user: workspace.user(BOT_USER).name,
    team_id: workspace.team.id,
    user_id: BOT_USER,
    bot_id: BOT_ID,
    app_id: APP_ID,
    is_enterprise_install: false,
  }),
};

const usersInfo: Method = {
  scopes: ['users:read'],
  run: (args, { workspace }) => {
    const user = workspace.users.get(asText(args.user));
    return user ? { user: shownUser(user, flag(args.include_locale)) } : fail('user_not_found');
  },
};

/** A deleted user has lost most fields, as in Slack. */
function shownUser(user: User, withLocale: boolean): Record<string, unknown> {
  const { locale, is_stranger, ...rest } = user;
  const profile = { real_name: user.real_name, display_name: user.name, team: user.team_id };
  if (user.deleted)
    return { id: user.id, team_id: user.team_id, name: user.name, deleted: true, is_bot: user.is_bot, profile };
  return {
    ...rest,
    is_admin: false,
    is_owner: false,
    is_app_user: false,
    ...(is_stranger ? { is_stranger } : {}),
    ...(withLocale ? { locale } : {}),
    profile,
  };
}

const usergroupsList: Method = {
  scopes: ['usergroups:read'],
  run: (args, { workspace }) => ({
    usergroups: [...workspace.userGroups.values()]
      .filter((group) => !group.disabled || flag(args.include_disabled))
      .map((group) => ({
        id: group.id,
        team_id: workspace.team.id,
        is_usergroup: true,
        name: group.name,
        handle: group.handle,
        date_delete: group.disabled ? 1 : 0,
        user_count: group.users.length,
        ...(flag(args.include_users) ? { users: group.users } : {}),
      })),
  }),
};

const usergroupsUsersList: Method = {
  scopes: ['usergroups:read'],
  run: (args, { workspace }) => {
    const group = workspace.userGroups.get(asText(args.usergroup));
    if (!group || (group.disabled && !flag(args.include_disabled))) return fail('no_such_subteam');
    return { users: group.users };
  },
};

export const PEOPLE_METHODS: Record<string, Method> = {
  'auth.test': authTest,
  'users.info': usersInfo,
  'usergroups.list': usergroupsList,
  'usergroups.users.list': usergroupsUsersList,
};
