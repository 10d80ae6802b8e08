/** A small company to try things in: requester, approvers, guests, channels. */
import type { Channel, Team, User, UserGroup } from './model.ts';

export type WorkspaceSeed = { team: Team; users: User[]; channels: Channel[]; userGroups: UserGroup[] };

export const BOT_USER = 'U0BOT';
export const BOT_ID = 'B0BOT';
export const APP_ID = 'A0VPCE';

export function person(id: string, name: string, realName: string, flags: Partial<User> = {}): User {
  return {
    id,
    name,
    real_name: realName,
    team_id: 'T0ACME',
    tz: 'Europe/Berlin',
    locale: 'en-US',
    deleted: false,
    is_bot: false,
    is_restricted: false,
    is_ultra_restricted: false,
    is_stranger: false,
    is_admin: false,
    is_owner: false,
    ...flags,
  };
}

export function channel(id: string, name: string, members: string[], flags: Partial<Channel> = {}): Channel {
  return { id, name, is_private: false, is_im: false, is_archived: false, members: new Set(members), ...flags };
}

/** Fresh on every call, so that one test's changes never reach another. */
export function sampleWorkspace(): WorkspaceSeed {
  return {
    team: { id: 'T0ACME', name: 'Acme', domain: 'acme' },
    users: [
      person('U0ANN', 'ann', 'Ann Requester'),
      person('U0BEN', 'ben', 'Ben Approver'),
      person('U0CAT', 'cat', 'Cat Approver', { locale: 'zh-CN', tz: 'Asia/Shanghai' }),
      person('U0DAN', 'dan', 'Dan Member'),
      person('U0GUS', 'gus', 'Gus Guest', { is_restricted: true }),
      person('U0UMA', 'uma', 'Uma Single-Channel Guest', { is_restricted: true, is_ultra_restricted: true }),
      person('U0EVE', 'eve', 'Eve Elsewhere', { team_id: 'T0OTHER', is_stranger: true }),
      person('U0ADA', 'ada', 'Ada Admin', { is_admin: true, is_owner: true }),
      person('U0OLD', 'old', 'Olga Leaver', { deleted: true }),
      person(BOT_USER, 'vpc_endpoint_bot', 'VPC endpoint bot', { is_bot: true }),
      person('USLACKBOT', 'slackbot', 'Slackbot', { is_bot: false }),
    ],
    channels: [
      channel('C0DATA', 'data-platform', ['U0ANN', 'U0BEN', 'U0CAT', 'U0DAN', 'U0GUS', 'U0OLD', BOT_USER]),
      channel('C0APPROVALS', 'vpc-approvals', ['U0ANN', 'U0BEN', 'U0CAT', 'U0DAN', 'U0GUS', 'U0EVE', BOT_USER]),
      channel('C0AUDIT', 'vpc-audit', ['U0BEN', 'U0CAT', BOT_USER]),
      channel('C0RANDOM', 'random', ['U0ANN', 'U0BEN', 'U0CAT', 'U0DAN']),
      channel('C0OLD', 'old-project', ['U0ANN', BOT_USER], { is_archived: true }),
      channel('C0SECRET', 'secret', ['U0ANN', 'U0BEN'], { is_private: true }),
      channel('C0VAULT', 'vault', ['U0CAT', BOT_USER], { is_private: true }),
    ],
    userGroups: [{ id: 'S0SRE', handle: 'sre', name: 'Site reliability', users: ['U0BEN', 'U0CAT'], disabled: false }],
  };
}
