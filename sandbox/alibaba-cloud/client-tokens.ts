/** What the local cloud makes of a ClientToken: new, a repeat of what it did before, or one that is refused. */
import { type Context, type LocalRequest, type Reply, refuse } from './reply.ts';
import { type LocalCloudState, switchesFor, type UsedToken } from './state.ts';

/** Elasticsearch's and PrivateLink's words for a token that comes again with other parameters. */
type MismatchCode = 'IdempotentParameterMismatch' | 'IdempotenceSignatureMismatch';

type TokenUse =
  | { readonly kind: 'new' }
  | { readonly kind: 'repeat'; readonly used: UsedToken }
  | { readonly kind: 'refused'; readonly reply: Reply };

/** @param parameters everything but the token; the same token with others is refused. */
export function tokenUse(
  state: LocalCloudState,
  { action, query, body }: LocalRequest,
  parameters: string,
  mismatch: MismatchCode,
  context: Context,
): TokenUse {
  const token = query.ClientToken;
  if (token === undefined) return { kind: 'new' };
  const refused = (code: string, message: string): TokenUse => ({
    kind: 'refused',
    reply: refuse(context, 400, code, message),
  });
  if (!/^[\x20-\x7e]{1,64}$/.test(token)) {
    return refused('InvalidParameter', 'ClientToken must have 1 to 64 ASCII characters.');
  }
  const { honourClientToken, tokenLifetimeMs } = switchesFor(state, body?.serviceId);
  const used = honourClientToken ? state.tokens.get(key(action, token)) : undefined;
  if (!used || (tokenLifetimeMs !== undefined && context.now - used.atMs >= tokenLifetimeMs)) return { kind: 'new' };
  if (used.parameters !== parameters) return refused(mismatch, 'The ClientToken was used with other parameters.');
  return { kind: 'repeat', used };
}

export function keepToken(
  state: LocalCloudState,
  { action, query }: LocalRequest,
  parameters: string,
  endpointId: string,
  { now }: Context,
): void {
  if (query.ClientToken === undefined) return;
  state.tokens.set(key(action, query.ClientToken), { parameters, atMs: now, endpointId });
}

function key(action: string, token: string): string {
  return `${action} ${token}`;
}
