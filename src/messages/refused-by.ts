/** Who refused a request: the checks with Alibaba Cloud, or the bot's own rules before anything was checked. */
import type { Failure } from '../domain/refusals.ts';

export function refusedByChecks({ kind }: Failure): boolean {
  switch (kind) {
    case 'no-rule':
    case 'rule-unclear':
    case 'too-many-open':
    case 'not-allowed':
    case 'target-taken':
      return false;
    case 'endpoint-exists':
    case 'instance-not-active':
    case 'instance-too-old':
    case 'service-not-active':
    case 'zone-not-offered':
    case 'dry-run-created':
    case 'cloud':
    case 'gave-up':
      return true;
  }
}
