/** The sentences about a made endpoint's connection, as a type. All mrkdwn. */
import type { ConnectionEvent } from '../domain/evolve-connection.ts';
import type { Request, Succeeded } from '../domain/request.ts';

export interface ConnectionWords {
  /** How far it is, in one line, for card and result. */
  progress(request: Succeeded): string;
  /** What is to be done about it, and by whom; nothing where nobody has to do anything. */
  advice(request: Succeeded): readonly string[];
  /** One line for the thread, without its time. */
  line(event: ConnectionEvent, request: Request): string;
  /** The paragraphs of a message to the requester. */
  notice(event: ConnectionEvent, request: Request): readonly string[];
}
