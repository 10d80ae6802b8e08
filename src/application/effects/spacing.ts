/** How far apart an account's creates are. */
import type { AccountName } from '../../domain/ids.ts';
import type { Workspace } from '../workspace.ts';

const DEFAULT_SPACING_MS = 100;

/** In milliseconds. */
export function spacingOf(account: AccountName, settings: Workspace['settings']): number {
  return settings.get(account)?.createSpacingMs ?? DEFAULT_SPACING_MS;
}
