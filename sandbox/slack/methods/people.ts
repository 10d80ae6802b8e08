/** auth.*, team.*, users.*, usergroups.*: who is who. */
import type { Json, User } from '../model.ts';
import { asText } from '../model.ts';
import { APP_ID, BOT_ID, BOT_USER } from '../sample-workspace.ts';
import type { Workspace } from '../workspace.ts';
import type { Method } from './method.ts';
import { fail, flag, page } from './method.ts';

const authTest: Method = {
  scopes: [],
  tier: 'special',
  run: (_args, { workspace }) => ({
    ...(workspace.switches.authTestUrl === 'present' ? { url: `https://${workspace.team.domain}.slack.com/` } : {}),
    team: workspace.team.name,
    user: workspace.user(BOT_USER).name,
    team_id: workspace.team.id,
    user_id: BOT_USER,
    ...(workspace.switches.authTestBotId === 'present' ? { bot_id: BOT_ID } : {}),
    app_id: APP_ID,
    is_enterprise_install: false,
  }),
};

const teamInfo: Method = {
  scopes: ['team:read'],
  tier: 3,
  run: (args, { workspace }) => {
    const { id, name, domain } = workspace.team;
    if (args.team !== undefined && args.team !== id) return fail('team_not_found');
    return { team: { id, name, domain, url: `https://${domain}.slack.com/`, email_domain: '', icon: {} } };
  },
};

const usersInfo: Method = {
  scopes: ['users:read'],
  tier: 4,
  run: (args, { workspace }) => {
    const user = workspace.users.get(asText(args.user));
    if (!user || isHidden(user, workspace)) return fail('user_not_found');
    return { user: shownUser(user, flag(args.include_locale), workspace) };
  },
};

const usersList: Method = {
  scopes: ['users:read'],
  tier: 2,
  run: (args, { workspace }) => {
    const all = [...workspace.users.values()].filter((user) => !isHidden(user, workspace));
    // Without a limit Slack tries to answer with all of them.
    const { items, next } = page(all, args, all.length);
    return {
      members: items.map((user) => shownUser(user, flag(args.include_locale), workspace)),
      cache_ts: Math.floor(workspace.now() / 1000),
      response_metadata: { next_cursor: next },
    };
  },
};

const isHidden = (user: User, { switches }: Workspace): boolean =>
  user.is_stranger && switches.stranger === 'not_found';

function shownUser(user: User, withLocale: boolean, { switches }: Workspace): Json {
  const { locale, is_stranger, ...rest } = user;
  const profile = { real_name: user.real_name, display_name: user.name, team: user.team_id };
  if (user.deleted && switches.deletedUser === 'few_fields') {
    return { id: user.id, team_id: user.team_id, name: user.name, deleted: true, is_bot: user.is_bot, profile };
  }
  return {
    ...rest,
    is_app_user: false,
    ...(is_stranger && switches.stranger === 'flagged' ? { is_stranger } : {}),
    ...(withLocale ? { locale } : {}),
    profile,
  };
}

const usergroupsList: Method = {
  scopes: ['usergroups:read'],
  tier: 2,
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
  tier: 2,
  run: (args, { workspace }) => {
    const group = workspace.userGroups.get(asText(args.usergroup));
    if (!group || (group.disabled && !flag(args.include_disabled))) return fail('no_such_subteam');
    return { users: group.users };
  },
};

export const PEOPLE_METHODS: Record<string, Method> = {
  'auth.test': authTest,
  'team.info': teamInfo,
  'users.info': usersInfo,
  'users.list': usersList,
  'usergroups.list': usergroupsList,
  'usergroups.users.list': usergroupsUsersList,
};
