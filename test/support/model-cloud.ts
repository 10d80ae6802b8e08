/** A simulated cloud: it may ignore tokens, show late, lose replies after the effect, refuse, throttle and go away. */

import type { Operation } from '../../src/domain/asked.ts';
import type { CloudProblem, CloudResult, CreatedEndpoint, ListedEndpoint } from '../../src/domain/cloud.ts';

export interface CloudNature {
  readonly honoursToken: boolean;
  /** How late the list shows a new endpoint, at most. */
  readonly lagMs: number;
}

interface Endpoint extends ListedEndpoint {
  readonly visibleAt: number;
}

/** What becomes of a create. Only the first two and `running` take effect. */
export const FATES = ['done', 'reply-lost', 'never-arrived', 'throttled', 'refused', 'not-sent', 'running'] as const;
export type Fate = (typeof FATES)[number];

const PROBLEMS: Record<Exclude<Fate, 'done'>, CloudProblem> = {
  'reply-lost': { kind: 'unclear', code: 'Timeout' },
  'never-arrived': { kind: 'unclear', code: 'ConnectionReset' },
  throttled: { kind: 'answered', code: 'Throttling.User', httpStatus: 429 },
  refused: { kind: 'answered', code: 'Forbidden', httpStatus: 403 },
  'not-sent': { kind: 'not-sent', code: 'ConnectionRefused' },
  running: { kind: 'answered', code: 'TokenPreviousRequestProcessError', httpStatus: 400 },
};

export class ModelCloud {
  readonly effects: { readonly request: string; readonly token: string; readonly id: string }[] = [];
  reachable = true;
  private readonly nature: CloudNature;
  private readonly endpoints: Endpoint[] = [];
  private readonly byToken = new Map<string, Endpoint>();

  constructor(nature: CloudNature) {
    this.nature = nature;
  }

  create(
    request: string,
    { serviceId, zoneId }: Operation,
    token: string,
    fate: Fate,
    wall: number,
    lag: number,
  ): CloudResult<CreatedEndpoint> {
    if (fate !== 'never-arrived' && fate !== 'throttled' && fate !== 'refused' && fate !== 'not-sent') {
      const known = this.nature.honoursToken ? this.byToken.get(token) : undefined;
      const endpoint = known ?? this.add({ serviceId, zoneId }, wall, lag);
      if (known === undefined) this.effects.push({ request, token, id: endpoint.id });
      this.byToken.set(token, endpoint);
      if (fate === 'done') return { ok: true, value: { id: endpoint.id, domain: endpoint.domain } };
    }
    return { ok: false, problem: PROBLEMS[fate] };
  }

  /** Somebody makes one by hand. */
  foreign({ serviceId, zoneId }: Operation, wall: number): void {
    this.add({ serviceId, zoneId }, wall, 0);
  }

  /** As it is at that moment, or nothing while the cloud is away. */
  list(wall: number): readonly ListedEndpoint[] | undefined {
    if (!this.reachable) return undefined;
    return this.endpoints
      .filter(({ visibleAt }) => visibleAt <= wall)
      .map(({ visibleAt: _visibleAt, ...listed }) => listed);
  }

  private add(of: { serviceId: string; zoneId: string }, wall: number, lag: number): Endpoint {
    const id = `ep-${this.endpoints.length}`;
    const visibleAt = wall + Math.round(this.nature.lagMs * lag);
    const endpoint = { ...of, id, domain: `${id}.test`, createdAt: new Date(wall).toISOString(), visibleAt };
    this.endpoints.push(endpoint);
    return endpoint;
  }
}
