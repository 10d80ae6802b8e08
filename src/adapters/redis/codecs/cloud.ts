/** Schemas of what the cloud answered, as stored. */
import * as z from 'zod';
import type { CloudProblem, CreatedEndpoint, ListedEndpoint } from '../../../domain/cloud.ts';
import type { FailureReason } from '../../../domain/cloud-errors.ts';
import { exactly } from './exactly.ts';

export const failureReason = exactly<FailureReason>()(
  z.enum([
    'instance-not-found',
    'instance-activating',
    'instance-busy',
    'service-not-found',
    'service-busy',
    'connection-not-found',
    'no-available-resource',
    'parameter-invalid',
    'token-reused',
    'previous-try-running',
    'access-denied',
    'product-not-activated',
    'access-key-invalid',
    'security-token-expired',
    'signature-wrong',
    'clock-skew',
    'no-credentials',
    'throttled',
    'cloud-unavailable',
    'cloud-unreachable',
    'call-window-over',
    'outcome-unclear',
    'refused-otherwise',
  ]),
);

export const cloudProblem = exactly<CloudProblem>()(
  z.object({
    kind: z.enum(['answered', 'not-sent', 'unclear']),
    code: z.string(),
    httpStatus: z.exactOptional(z.number()),
    requestId: z.exactOptional(z.string()),
    message: z.exactOptional(z.string()),
    recommend: z.exactOptional(z.string()),
    missingAction: z.exactOptional(z.string()),
    retryAfterMs: z.exactOptional(z.number()),
  }),
);

export const createdEndpoint = exactly<CreatedEndpoint>()(
  z.object({
    id: z.string(),
    domain: z.string(),
    name: z.exactOptional(z.string()),
    serviceId: z.exactOptional(z.string()),
  }),
);

export const listedEndpoint = exactly<ListedEndpoint>()(
  z.object({
    id: z.string(),
    serviceId: z.string(),
    domain: z.string(),
    name: z.exactOptional(z.string()),
    zoneId: z.exactOptional(z.string()),
    createdAt: z.exactOptional(z.string()),
    status: z.exactOptional(z.string()),
    connectionStatus: z.exactOptional(z.string()),
  }),
);
