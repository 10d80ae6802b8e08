/** One account's instances, endpoint services and their zones, as they are kept for the searched lists. */
import type { EndpointService, EndpointServiceSummary, Instance } from '../domain/cloud.ts';
import type { ServiceId } from '../domain/ids.ts';
import { Kept, type KeptOptions } from './kept.ts';
import type { CloudAccount } from './ports/cloud.ts';

/** Services asked for their zones at a time. */
const AT_ONCE = 4;
/** An account with more would keep the API busy for a menu that nobody reads to its end. */
const MOST_SERVICES = 100;
/** Somebody may name services that don't exist; those are not kept for ever. */
const MOST_KEPT = 500;

export class AccountLists {
  readonly instances: Kept<readonly Instance[]>;
  readonly services: Kept<readonly EndpointServiceSummary[]>;
  private readonly account: CloudAccount;
  private readonly options: KeptOptions;
  private readonly details = new Map<ServiceId, Kept<EndpointService>>();
  private sweeping: Promise<void> | undefined;

  constructor(account: CloudAccount, options: KeptOptions) {
    this.account = account;
    this.options = options;
    this.instances = new Kept(() => account.listInstances(), options);
    this.services = new Kept(() => account.listEndpointServices(), options);
  }

  /** A service with its zones. */
  service(id: ServiceId): Kept<EndpointService> {
    const known = this.details.get(id);
    if (known !== undefined) return known;
    const made = new Kept(() => this.account.describeEndpointService(id), this.options);
    const [oldest] = this.details.keys();
    if (this.details.size >= MOST_KEPT && oldest !== undefined) this.details.delete(oldest);
    this.details.set(id, made);
    return made;
  }

  /** The same without asking for it. */
  knownService(id: ServiceId): Kept<EndpointService> | undefined {
    return this.details.get(id);
  }

  /** All services whose zones are known by now. */
  detailed(): readonly EndpointService[] {
    return [...this.details.values()].flatMap((kept) => kept.peek() ?? []);
  }

  /** Whether the zones of all active services are good enough to be shown at once. */
  ready(): boolean {
    const services = this.services.presentable();
    return (
      services !== undefined && active(services).every(({ id }) => this.details.get(id)?.presentable() !== undefined)
    );
  }

  /** Asks for the zones of all active services; one sweep at a time, and it goes on when nobody waits for it. */
  sweep(): Promise<void> {
    this.sweeping ??= this.sweepOnce().finally(() => {
      this.sweeping = undefined;
    });
    return this.sweeping;
  }

  private async sweepOnce(): Promise<void> {
    const queue = active((await this.services.get()) ?? []);
    const lane = async (): Promise<void> => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) await this.service(next.id).refresh();
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
  }
}

function active(services: readonly EndpointServiceSummary[]): EndpointServiceSummary[] {
  return services.filter(({ status }) => status === 'Active').slice(0, MOST_SERVICES);
}
