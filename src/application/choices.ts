/** The searched lists of a form: what there is to choose from, quickly, whatever the cloud is doing. */
import type { EndpointServiceSummary, Instance } from '../domain/cloud.ts';
import { type AccountName, type InstanceId, judgeId, type ServiceId, type ZoneId } from '../domain/ids.ts';
import { AccountLists } from './account-lists.ts';
import type { Kept } from './kept.ts';
import { firstToBring, within } from './patience.ts';
import type { CloudAccount, CloudAccounts } from './ports/cloud.ts';
import { tidy } from './tidy.ts';

export interface Choice {
  readonly id: string;
  /** What people call it; empty when nothing is known. */
  readonly name: string;
  /** The cloud's word for a state in which it can't be used. */
  readonly unusable?: string;
  /** Where it was found, when more than one account was searched. */
  readonly account?: AccountName;
}

export interface Search {
  /** Undefined: in all accounts. */
  readonly account: AccountName | undefined;
  readonly typed: string;
}

export interface ZoneSearch extends Search {
  readonly service: ServiceId | undefined;
}

/** No method rejects, and none waits longer than two seconds. */
export interface Choices {
  instances(search: Search): Promise<readonly Choice[]>;
  services(search: Search): Promise<readonly Choice[]>;
  zones(search: ZoneSearch): Promise<readonly Choice[]>;
  /** From what is known, without asking. */
  known(kind: 'instance' | 'service', id: string): Choice | undefined;
  /** The account that this instance is in, when exactly one is known to have it. */
  accountOf(instance: InstanceId): AccountName | undefined;
  /** The zones of a service, when they are surely known. */
  surelyOffered(account: AccountName, service: ServiceId): readonly ZoneId[] | undefined;
  /** Somebody will search soon. */
  warm(account?: AccountName, service?: ServiceId): void;
}

export interface ChoicesOptions {
  readonly accounts: CloudAccounts;
  /** Monotonic, in milliseconds; default performance.now. */
  readonly monotonic?: () => number;
  /** How long a search waits for the cloud; default 2000. */
  readonly patienceMs?: number;
}

/** Slack's most for one menu. */
const MOST = 100;
/** Shorter ones are still being typed. */
const WHOLE_ID = 16;
/** An option can't carry more, and no id is longer. */
const LONGEST_ID = 75;

export function createChoices(options: ChoicesOptions): Choices {
  const { accounts, monotonic = () => performance.now(), patienceMs = 2_000 } = options;
  const keeping = { monotonic, freshMs: 60_000, staleMs: 10 * 60_000, pauseMs: 5_000 };
  const lists = new Map([...accounts].map(([name, account]) => [name, new AccountLists(account, keeping)]));

  function searched(account: AccountName | undefined): [AccountName, AccountLists, CloudAccount][] {
    return [...lists].flatMap(([name, list]) => {
      const cloud = accounts.get(name);
      return cloud !== undefined && (account === undefined || account === name) ? [[name, list, cloud]] : [];
    });
  }

  async function search<T>(
    { account, typed: raw }: Search,
    kind: 'instance' | 'service',
    list: (of: AccountLists) => Kept<readonly T[]>,
    look: (cloud: CloudAccount, id: string) => Promise<Choice | undefined>,
    choiceOf: (one: T) => Choice,
  ): Promise<readonly Choice[]> {
    const typed = tidy(raw);
    const places = searched(account);
    const found = await Promise.all(
      places.map(async ([name, of, cloud]) => {
        const kept = list(of);
        const whole = kept.get().then((all) => all?.map(choiceOf));
        // Who has pasted an id need not wait for a long list.
        const isWhole = typed.length >= WHOLE_ID && judgeId(kind, typed) === undefined;
        const direct =
          isWhole && kept.presentable() === undefined ? look(cloud, typed).then((one) => one && [one]) : undefined;
        const all =
          (await within(patienceMs, firstToBring(direct === undefined ? [whole] : [whole, direct]))) ??
          kept.peek()?.map(choiceOf);
        return all?.map((choice) => (places.length > 1 ? { ...choice, account: name } : choice));
      }),
    );
    return offer(
      found.flatMap((all) => all ?? []),
      typed,
      kind,
      found.every((all) => all === undefined),
    );
  }

  async function zonesOf(service: ServiceId, account: AccountName | undefined): Promise<readonly ZoneId[] | undefined> {
    const places = searched(account).map(([, of]) => of);
    const owners = places.filter((of) => of.services.peek()?.some(({ id }) => id === service));
    const asked = (owners.length > 0 ? owners : places).map((of) => of.service(service).get());
    return (await within(patienceMs, firstToBring(asked)))?.zones;
  }

  async function allZones(account: AccountName | undefined): Promise<readonly ZoneId[]> {
    const places = searched(account).map(([, of]) => of);
    const swept = Promise.all(places.map((of) => of.sweep()));
    if (!places.every((of) => of.ready())) await within(patienceMs, swept);
    return places.flatMap((of) => of.detailed()).flatMap(({ zones }) => zones);
  }

  return {
    instances: (asked) => search(asked, 'instance', (of) => of.instances, lookForInstance, instanceChoice),
    services: (asked) => search(asked, 'service', (of) => of.services, lookForService, serviceChoice),
    async zones({ account, service, typed: raw }) {
      const isService = service !== undefined && judgeId('service', service) === undefined;
      const zones = isService ? await zonesOf(service, account) : await allZones(account);
      const choices = [...new Set(zones ?? [])].map((id) => ({ id, name: '' }));
      return offer(choices, tidy(raw), 'zone', zones === undefined || zones.length === 0);
    },
    known(kind, id) {
      const all = [...lists.values()].flatMap((of) =>
        kind === 'instance'
          ? (of.instances.peek() ?? []).map(instanceChoice)
          : (of.services.peek() ?? []).map(serviceChoice),
      );
      return all.find((choice) => choice.id === id);
    },
    accountOf(instance) {
      const having = [...lists].filter(([, of]) => of.instances.peek()?.some(({ id }) => id === instance));
      return having.length === 1 ? having[0]?.[0] : undefined;
    },
    surelyOffered: (account, service) => lists.get(account)?.knownService(service)?.fresh()?.zones,
    warm(account, service) {
      for (const [, of] of searched(account)) {
        void of.instances.refresh();
        void of.services.refresh();
        if (service !== undefined && judgeId('service', service) === undefined) void of.service(service).refresh();
      }
    },
  };
}

/** Those that match, the usable ones first; and what was typed as itself, where it may be an id that is not listed. */
function offer(
  all: readonly Choice[],
  typed: string,
  kind: 'instance' | 'service' | 'zone',
  nothingKnown: boolean,
): readonly Choice[] {
  const wanted = typed.toLowerCase();
  const matching = all
    .filter(({ id, name }) => id.toLowerCase().includes(wanted) || name.toLowerCase().includes(wanted))
    .filter(({ id }) => id.length <= LONGEST_ID)
    .sort((a, b) => order(a) - order(b) || (a.name || a.id).localeCompare(b.name || b.id));
  const problem = judgeId(kind, typed);
  const mayBeOne = nothingKnown ? problem !== 'missing' : problem === undefined || problem === 'masked';
  const listed = matching.some(({ id }) => id === typed);
  const itself = mayBeOne && !listed && typed.length <= LONGEST_ID ? [{ id: typed, name: '' }] : [];
  return [...matching.slice(0, MOST - itself.length), ...itself];
}

const order = ({ unusable }: Choice): number => (unusable === undefined ? 0 : 1);

function instanceChoice({ id, description, status }: Instance): Choice {
  return { id, name: description, ...(status === 'active' ? {} : { unusable: status }) };
}

function serviceChoice({ id, name, description, status }: EndpointServiceSummary): Choice {
  // The cloud's own name for a service is its id with a prefix that is always the same.
  const called = description === '' && !name.includes(id) ? name : description;
  return { id, name: called, ...(status === 'Active' ? {} : { unusable: status }) };
}

async function lookForInstance(cloud: CloudAccount, id: string): Promise<Choice | undefined> {
  const result = await cloud.describeInstance(id);
  return result.ok ? instanceChoice(result.value) : undefined;
}

async function lookForService(cloud: CloudAccount, id: string): Promise<Choice | undefined> {
  const result = await cloud.describeEndpointService(id);
  return result.ok ? serviceChoice(result.value) : undefined;
}
