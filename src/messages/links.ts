/** Where to read on, and how to do the same by hand: addresses and commands of Alibaba Cloud, made in one place. */
import type { CloudProblem, EndpointSpec } from '../domain/cloud.ts';

const OFFICIAL_HOSTS = /(^|\.)(aliyun|alibabacloud|aliyuncs)\.com$/;
/** Longer ones are no real ids, and would only crowd the message. */
const LONGEST_COMMAND = 700;

/** The API's own recommendation, else the API Error Center; nothing for problems that the API never saw. */
export function troubleshootingLink({ kind, code, requestId, recommend }: CloudProblem): string | undefined {
  if (recommend !== undefined && isOfficial(recommend)) return recommend;
  if (kind !== 'answered') return undefined;
  const query = new URLSearchParams({ q: code, product: 'elasticsearch', ...(requestId ? { requestId } : {}) });
  return `https://api.alibabacloud.com/troubleshoot?${query}`;
}

function isOfficial(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' && OFFICIAL_HOSTS.test(hostname);
}

/** The command line that creates the same endpoint; safe to paste into a shell whatever the ids are. */
export function aliyunCommand({ instanceId, serviceId, zoneId }: EndpointSpec, region?: string): string | undefined {
  const path = `/openapi/instances/${encoded(instanceId)}/vpc-endpoints`;
  const body = JSON.stringify({ serviceId, zoneId }).replace(/['`&<>]|[^\x20-\x7e]/g, unicode);
  const inRegion = region !== undefined && /^[a-z0-9-]+$/.test(region) ? ` --region ${region}` : '';
  const command = `aliyun elasticsearch POST ${path} --body '${body}'${inRegion}`;
  return command.length > LONGEST_COMMAND ? undefined : command;
}

/** Half a character can't be encoded; in a real id there is none. */
function encoded(id: string): string {
  return encodeURIComponent(id.replace(/\p{Cs}/gu, '\ufffd')).replace(/[!'()*~]/g, percent);
}

const percent = (char: string): string => `%${char.charCodeAt(0).toString(16).toUpperCase()}`;
const unicode = (char: string): string => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** CreateVpcEndpoint in OpenAPI Explorer, filled in. */
export function explorerLink({ instanceId, serviceId, zoneId }: EndpointSpec, region?: string): string {
  const params = JSON.stringify({ InstanceId: instanceId, body: { serviceId, zoneId } });
  const query = new URLSearchParams({ params, ...(region === undefined ? {} : { RegionId: region }) });
  return `https://api.aliyun.com/api/elasticsearch/2017-06-13/CreateVpcEndpoint?${query}`;
}
