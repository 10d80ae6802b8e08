/** Arbitrary words of the cloud: its problems, what it made and what it lists. */
import fc from 'fast-check';
import { CODES } from '../../../src/domain/cloud-errors.ts';
import type { ConnectionPhase } from '../../../src/domain/connection.ts';
import { count, some, text } from './fields.ts';

export const problem = some<import('../../../src/domain/cloud.ts').CloudProblem>(
  {
    kind: fc.constantFrom('answered', 'not-sent', 'unclear'),
    code: fc.oneof(text, fc.constantFrom(...Object.keys(CODES))),
    httpStatus: count,
    requestId: text,
    message: text,
    recommend: text,
    missingAction: text,
    retryAfterMs: count,
  },
  'httpStatus',
  'requestId',
  'message',
  'recommend',
  'missingAction',
  'retryAfterMs',
);
export const created = some<import('../../../src/domain/cloud.ts').CreatedEndpoint>(
  { id: text, domain: text, name: text, serviceId: text },
  'name',
  'serviceId',
);
const listed = some<import('../../../src/domain/cloud.ts').ListedEndpoint>(
  {
    id: text,
    serviceId: text,
    domain: text,
    name: text,
    zoneId: text,
    createdAt: text,
    status: text,
    connectionStatus: text,
  },
  'name',
  'zoneId',
  'createdAt',
  'status',
  'connectionStatus',
);
export const listing = fc.array(listed, { maxLength: 3 });
export const made = some<import('../../../src/domain/request.ts').MadeEndpoint>(
  { id: text, domain: text, name: text, serviceId: text, requestId: text },
  'name',
  'serviceId',
  'requestId',
);

export const connectionPhase = fc.constantFrom<ConnectionPhase>(
  'connecting',
  'unaccepted',
  'connected',
  'down',
  'ended',
  'unwatched',
);
