/** Asks Slack who somebody is and which language they read: one call for both. */
import type { WebClient } from '@slack/web-api';
import { within } from '../../application/patience.ts';
import type { Log } from '../../application/ports/log.ts';
import { Recent } from '../../application/recent.ts';
import { type Locale, localeOf } from '../../domain/locale.ts';
import type { Standing } from '../../domain/refusals.ts';
import { Remembered } from './remembered.ts';
import { standingOf } from './standing.ts';
import { troubleOf } from './trouble.ts';
import { webClient } from './web-client.ts';

export interface PeopleOptions {
  readonly token: string;
  readonly apiUrl: string;
  /** The workspace that the bot is installed in. */
  readonly teamId: string;
  /** Milliseconds, for the age of what is remembered. */
  readonly wall: () => number;
  readonly log: Log;
}

export interface Profile {
  readonly standing: Standing;
  /** As Slack shows it. */
  readonly name?: string;
  /** Absent where Slack does not tell it. */
  readonly locale?: Locale;
}

const TIMEOUT_MS = 2_500;
const REMEMBER_MS = 60_000;
/** A language is changed once in years, and a wrong one does no harm. */
const REMEMBER_LOCALE_MS = 24 * 60 * 60_000;
const MOST_LOCALES = 5_000;
/** A trigger is good for 3 s, and the form that waits for this takes most of them. */
const LOCALE_PATIENCE_MS = 800;

export class People {
  private readonly client: WebClient;
  private readonly options: PeopleOptions;
  private readonly profiles: Remembered<Profile>;
  private readonly locales = new Recent<string, { readonly at: number; readonly locale: Locale }>(MOST_LOCALES);

  constructor(options: PeopleOptions) {
    const { token, apiUrl, log, wall } = options;
    this.options = options;
    this.client = webClient({ token, apiUrl, log, timeoutMs: TIMEOUT_MS });
    this.profiles = new Remembered(wall, (user) => this.read(user));
  }

  /** Never rejects; undefined when Slack does not say. */
  profile(user: string): Promise<Profile | undefined> {
    return this.profiles.get(user, REMEMBER_MS);
  }

  /** Never rejects, and waits 800 ms at most; undefined when Slack does not say by then. */
  async localeOf(user: string): Promise<Locale | undefined> {
    const known = this.locales.get(user);
    const age = known === undefined ? Number.POSITIVE_INFINITY : this.options.wall() - known.at;
    if (known !== undefined && age >= 0 && age <= REMEMBER_LOCALE_MS) return known.locale;
    // An answer that comes later is remembered all the same.
    return (await within(LOCALE_PATIENCE_MS, this.profile(user)))?.locale;
  }

  private async read(user: string): Promise<Profile | undefined> {
    try {
      const { user: info } = await this.client.users.info({ user, include_locale: true });
      if (info === undefined || info.id !== user) return undefined;
      const name = [info.profile?.display_name, info.real_name, info.name].find(
        (each) => each !== undefined && each !== '',
      );
      const standing = {
        standing: standingOf(info, this.options.teamId),
        ...(name === undefined ? {} : { name }),
      };
      if (typeof info.locale !== 'string') return standing;
      const locale = localeOf(info.locale);
      this.locales.set(user, { at: this.options.wall(), locale });
      return { ...standing, locale };
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble.kind === 'refused' && (trouble.error === 'user_not_found' || trouble.error === 'user_not_visible')) {
        return { standing: 'stranger' };
      }
      this.options.log.warn({ user, error: trouble.error }, 'Slack did not say who this is');
      return undefined;
    }
  }
}
