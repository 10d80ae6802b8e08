/** The names that a request holds for itself alone: its target while it is open, its endpoint for good. */
import { endpointName, targetName } from './commands.ts';
import type { Request } from './request.ts';

export function holdings(request: Request | undefined): readonly string[] {
  if (request === undefined) return [];
  switch (request.status) {
    case 'checking':
    case 'pending':
      return request.asked.mode === 'create' ? [targetName(request.asked)] : [];
    case 'approved':
    case 'executing':
    case 'unknown':
      return [targetName(request.asked)];
    case 'needs-attention':
      return request.targetLost ? [] : [targetName(request.asked)];
    case 'succeeded':
      return [endpointName(request.asked.operation.instanceId, request.endpoint.id)];
    case 'refused':
    case 'checked':
    case 'rejected':
    case 'cancelled':
    case 'expired':
    case 'failed':
      return [];
  }
}
