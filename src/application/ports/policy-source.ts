/** The approval policy as it is in force: it may be another one tomorrow, without a restart. */
import type { Policy } from '../../domain/policy/rule.ts';

export interface PolicyInForce extends Policy {
  /** The same for the same policy, in every process. */
  readonly version: string;
}

export interface PolicySource {
  current(): PolicyInForce;
}
