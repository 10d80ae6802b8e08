/** The manifest of the Slack app, for Socket Mode or for HTTP: manifest.yml is what this prints. */
import { stringify } from 'yaml';
import { ALL_SCOPES } from '../../domain/doctor/scopes.ts';

const EVENTS = ['app_home_opened', 'app_uninstalled', 'tokens_revoked'];
const PATH = '/slack/events';

/** @param url where Slack reaches the bot; none in Socket Mode, where the bot reaches Slack. */
function manifest(url: string | undefined) {
  const at = <K extends string>(...keys: readonly K[]) =>
    url === undefined ? {} : Object.fromEntries(keys.map((key) => [key, url]));
  return {
    display_information: {
      name: 'VPC endpoints',
      description: 'Asks, approves and creates VPC endpoints for Alibaba Cloud Elasticsearch, exactly once.',
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: 'vpc-endpoint-bot', always_online: true },
      shortcuts: [
        {
          name: 'New VPC endpoint',
          type: 'global',
          callback_id: 'create_endpoint',
          description: 'Ask for a VPC endpoint of an Elasticsearch instance',
        },
      ],
      slash_commands: [
        {
          command: '/vpc-endpoint',
          ...at('url'),
          description: 'Ask for a VPC endpoint of an Elasticsearch instance',
          usage_hint:
            'create [instance] [service] [zone] | pending | show <request> | who-can-approve <request or instance> | doctor | help',
          should_escape: false,
        },
      ],
    },
    oauth_config: { scopes: { bot: [...ALL_SCOPES] } },
    settings: {
      interactivity: { is_enabled: true, ...at('request_url', 'message_menu_options_url') },
      event_subscriptions: { ...at('request_url'), bot_events: EVENTS },
      org_deploy_enabled: false,
      socket_mode_enabled: url === undefined,
      token_rotation_enabled: false,
    },
  };
}

/** The text to paste under "From a manifest". */
export function manifestYaml(url?: string): string {
  const mode = url === undefined ? 'Socket Mode' : 'HTTP';
  const comment = `# The Slack app, for ${mode}: paste it as it is under "Create an app" → "From a manifest".`;
  return `${comment}\n${stringify(manifest(url), { lineWidth: 0 })}`;
}

/** The address for the manifest, out of what somebody typed; undefined when Slack would not take it. */
export function eventsUrl(typed: string): string | undefined {
  if (!URL.canParse(typed)) return undefined;
  const url = new URL(typed);
  const plain = url.search === '' && url.hash === '' && url.username === '' && url.password === '';
  if (url.protocol !== 'https:' || !plain) return undefined;
  const path = url.pathname.replace(/\/+$/, '');
  return `${url.origin}${path.endsWith(PATH) ? path : `${path}${PATH}`}`;
}
