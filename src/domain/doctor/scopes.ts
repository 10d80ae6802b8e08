/** The scopes that the bot asks Slack for: which methods need each one, and whether the bot does its work without it. */

interface ScopeUse {
  /** The Web API methods that need it; none for what is no method. */
  readonly methods: readonly string[];
  /** Without it something is done less well, and nothing is lost. */
  readonly optional: boolean;
}

export const SCOPES = {
  commands: { methods: [], optional: false },
  'chat:write': { methods: ['chat.postMessage', 'chat.postEphemeral', 'chat.update'], optional: false },
  'im:write': { methods: ['conversations.open'], optional: false },
  'users:read': { methods: ['users.info', 'users.list'], optional: false },
  'usergroups:read': { methods: ['usergroups.list', 'usergroups.users.list'], optional: false },
  'channels:read': { methods: ['conversations.info', 'conversations.list'], optional: false },
  'groups:read': {
    methods: ['conversations.info', 'conversations.list', 'conversations.members'],
    optional: false,
  },
  'channels:history': { methods: ['conversations.history', 'conversations.replies'], optional: true },
  'groups:history': { methods: ['conversations.history', 'conversations.replies'], optional: true },
  'im:history': { methods: ['conversations.history'], optional: true },
} as const satisfies Readonly<Record<string, ScopeUse>>;

export type Scope = keyof typeof SCOPES;

/** In the order in which they are shown. */
export const ALL_SCOPES = Object.keys(SCOPES) as readonly Scope[];

/** Methods that any token of the right kind may call. */
export const METHODS_WITHOUT_SCOPE = [
  'auth.test',
  'apps.connections.open',
  'views.open',
  'views.publish',
  'chat.getPermalink',
] as const;
