/** The shape of Slack's own ids: what is stored, asked for and logged by them stays short and has nothing odd in it. */
import * as z from 'zod';

/** Of a person, a workspace, a conversation or a view. Slack promises no length; none so far was longer than 20. */
export const slackId = z.string().regex(/^[A-Za-z0-9]{1,64}$/);
