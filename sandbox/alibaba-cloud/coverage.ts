/** What the local Alibaba Cloud knows of the real one: every operation and behaviour that matters to the bot. */
import type { CoverageEntry } from '../coverage.ts';
import { CALL_COVERAGE } from './known/calls-and-refusals.ts';
import { CREATE_COVERAGE } from './known/creating.ts';
import { ENDPOINT_COVERAGE } from './known/instances-and-endpoints.ts';
import { PRIVATELINK_COVERAGE } from './known/privatelink.ts';

export const CLOUD_COVERAGE: readonly CoverageEntry[] = [
  ...CREATE_COVERAGE,
  ...ENDPOINT_COVERAGE,
  ...PRIVATELINK_COVERAGE,
  ...CALL_COVERAGE,
];
