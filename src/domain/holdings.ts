/** The names that a request holds for itself alone: its target and its requester's place while it is open, its endpoint for good. */
import { endpointName, openRequestName, targetName } from './commands.ts';
import type { Request, Status } from './request.ts';

export function holdings(request: Request | undefined): readonly string[] {
  return request === undefined ? [] : [...ownNames(request), ...openPlace(request)];
}

/** One of the requester's places, as long as the request is open. */
function openPlace(request: Request): readonly string[] {
  const { place, requester } = request;
  return place === undefined || !isOpen(request.status) ? [] : [openRequestName(requester, place)];
}

/** Whether something is still to become of it. */
export function isOpen(status: Status): boolean {
  switch (status) {
    case 'checking':
    case 'pending':
    case 'approved':
    case 'executing':
    case 'unknown':
    case 'needs-attention':
      return true;
    case 'refused':
    case 'checked':
    case 'rejected':
    case 'cancelled':
    case 'expired':
    case 'failed':
    case 'succeeded':
      return false;
  }
}

function ownNames(request: Request): readonly string[] {
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
