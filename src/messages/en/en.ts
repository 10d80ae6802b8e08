/** The English catalogue, room by room. */
import type { Messages } from '../messages.ts';
import { card } from './card.ts';
import { clicks } from './clicks.ts';
import { connection } from './connection.ts';
import { doctor } from './doctor.ts';
import { events } from './events.ts';
import { explain } from './explain.ts';
import { failures } from './failures.ts';
import { help } from './help.ts';
import { home } from './home.ts';
import { modals } from './modals.ts';
import { notices } from './notices.ts';
import { operators } from './operators.ts';
import { policy } from './policy.ts';
import { refusals } from './refusals.ts';
import { result } from './result.ts';

export const en: Messages = {
  failures,
  refusals,
  clicks,
  events,
  card,
  result,
  notices,
  operators,
  policy,
  explain,
  home,
  connection,
  modals,
  help,
  doctor,
};
