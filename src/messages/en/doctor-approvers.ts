/** English: what the doctor finds about rules and approvers. */
import type { ApprovalFinding } from '../../domain/doctor/findings.ts';
import type { FindingWords } from '../doctor.ts';
import { counted } from './counted.ts';

export const approverFindings: FindingWords<ApprovalFinding> = {
  'people-ready': (found) => ({
    what: `All approvers may approve: ${counted(found.users, 'user')} and ${counted(found.groups, 'user group')}`,
  }),
  'approver-absent': (found) => ({
    what: `Slack knows no user ${found.user} (${inRules(found.rules)}).`,
    why: 'Nobody can approve under this id.',
    mend: 'Check the id (profile → ⋮ → Copy member ID).',
  }),
  'approver-unfit': (found) => ({
    what: `The user ${found.user} can’t approve: ${STANDINGS[found.standing]} (${inRules(found.rules)}).`,
    why: 'Only full members of this workspace may approve, so their click is refused.',
    mend: 'Put somebody else into the rule.',
  }),
  'approver-unknown': (found) => ({
    what: `The user ${found.user} could not be looked at (${found.error}; ${inRules(found.rules)}).`,
    why: 'They may have left, or be a guest, who can’t approve.',
    mend: 'If a scope is missing, add it first; then run the doctor again.',
  }),
  'group-absent': (found) => ({
    what: `Slack knows no user group ${found.group} (${inRules(found.rules)}).`,
    why: 'Nobody can approve as its member.',
    mend: 'Check the id (People → User groups → ⋮ → Copy group ID).',
  }),
  'group-disabled': (found) => ({
    what: `The user group ${found.group} is disabled (${inRules(found.rules)}).`,
    why: 'Nobody can approve as its member.',
    mend: 'Enable it again, or name another one in the rule.',
  }),
  'group-empty': (found) => ({
    what: `The user group ${found.group} has nobody who may approve (${inRules(found.rules)}).`,
    why: 'Its members, if any, are guests, bots or deactivated.',
    mend: 'Add full members to it, or name another one in the rule.',
  }),
  'groups-unknown': (found) => ({
    what: `The user groups ${found.groups.join(', ')} could not be looked at (${found.error}).`,
    why: 'They may be missing, disabled or empty.',
    mend: 'If a scope is missing, add it first; then run the doctor again.',
  }),
  'rule-unmet': (found) => ({
    what: `Nobody can meet the rule “${found.rule}” now: of ${counted(found.required, 'approval')} it can get ${found.filled}.`,
    why: 'Its requests wait until they expire, whoever clicks.',
    mend: 'Add approvers who are full members to its steps, or ask for fewer.',
  }),
  'rule-shadowed': (found) => ({
    what: `The rule “${found.rule}” never gets its turn: “${found.by}”, above it, matches everything that it does.`,
    why: 'The first rule that matches decides, so these approvers are never asked.',
    mend: 'Put the narrower rule first, or remove it.',
  }),
  'account-without-rule': (found) => ({
    what: `No rule covers the account ${found.account}.`,
    why: 'Everybody can choose it in the form, and every request for it is refused.',
    mend: 'Add a rule for it, or take the account out of the config file.',
  }),
  'policy-ready': (found) => ({ what: `Every rule (${found.rules}) can have its turn, and each account has one` }),
};

const STANDINGS = {
  guest: 'a guest',
  bot: 'a bot',
  stranger: 'from another workspace',
  deactivated: 'deactivated',
} as const;

function inRules(rules: readonly string[]): string {
  return `${rules.length === 1 ? 'rule' : 'rules'} ${rules.join(', ')}`;
}
