/** English: what each scope is for, and what is lost without it. The README's table says the same. */
import type { DoctorWords } from '../doctor.ts';

export const doctorScopes: DoctorWords['scopes'] = {
  commands: { use: '`/vpc-endpoint` and the shortcut', without: 'nothing works' },
  'chat:write': { use: 'cards, results, answers', without: 'nothing works' },
  'im:write': {
    use: 'telling a requester in private',
    without: 'requesters hear of an outcome in the channel only',
  },
  'users:read': {
    use: 'members only: no guests, bots, strangers or people who left',
    without: 'nobody can be told apart, so nobody may ask or approve',
  },
  'usergroups:read': {
    use: 'approvers by user group',
    without: 'rules with user groups can’t be met',
  },
  'channels:read': {
    use: 'saying at once that the bot can’t post in a public channel',
    without: 'it is found out when the result is posted',
  },
  'groups:read': {
    use: 'saying at once that the bot can’t post in a private channel',
    without: 'it is found out when the result is posted',
  },
  'channels:history': {
    use: 'finding a card in a public channel again whose reply was lost',
    without: 'the requester is asked whether it is there, and it is posted again only if not',
  },
  'groups:history': {
    use: 'finding a card in a private channel again whose reply was lost',
    without: 'the requester is asked whether it is there, and it is posted again only if not',
  },
  'im:history': {
    use: 'finding a private message again whose reply was lost',
    without: 'such a message is given up after a while, and logged',
  },
};
