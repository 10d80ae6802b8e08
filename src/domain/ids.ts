/** The identifiers that the domain speaks of, their shapes, and how a pasted one is judged. */

/** `req_` and a ULID: one request for an endpoint, across all its revisions. */
export type RequestId = `req_${string}`;
/** A Slack user, `U…` or `W…`. */
export type UserId = string;
/** A Slack user group, `S…`. */
export type UserGroupId = string;
/** A Slack conversation, `C…`, `G…` or `D…`. */
export type ChannelId = string;
/** An Alibaba Cloud Elasticsearch instance, `es-…`. */
export type InstanceId = string;
/** A PrivateLink endpoint service, `epsrv-…`. */
export type ServiceId = string;
/** An Alibaba Cloud zone, such as `cn-hangzhou-i`. */
export type ZoneId = string;
/** A VPC endpoint, `ep-…`. */
export type EndpointId = string;
/** The name of an account in the config file. */
export type AccountName = string;

export type CloudIdKind = 'instance' | 'service' | 'zone';

/**
 * What is wrong with a cloud id as a person typed it: `masked` ids carry the asterisks with which
 * Alibaba Cloud's documentation hides a part of each sample.
 */
export type IdProblem = 'missing' | 'masked' | 'malformed';

const SHAPES: Record<CloudIdKind, RegExp> = {
  // Only the prefixes are documented, so these keep out what is surely something else. 75: an option's longest value.
  instance: /^es-[A-Za-z0-9][A-Za-z0-9_-]{0,71}$/,
  service: /^epsrv-[A-Za-z0-9][A-Za-z0-9_-]{0,68}$/,
  zone: /^[a-z]{2}-[a-z]+(?:-[a-z0-9]+)*-[a-z0-9]+$/,
};

const REQUEST_ID = /^req_[0-9A-HJKMNP-TV-Z]{26}$/;

/** Judges an id's shape only; whether it exists is for the cloud to say. */
export function judgeId(kind: CloudIdKind, typed: string): IdProblem | undefined {
  if (typed === '') return 'missing';
  if (typed.includes('*')) return 'masked';
  return SHAPES[kind].test(typed) ? undefined : 'malformed';
}

export function isRequestId(value: string): value is RequestId {
  return REQUEST_ID.test(value);
}
