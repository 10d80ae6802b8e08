import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { aliyunCommand, explorerLink, troubleshootingLink } from '../../src/messages/links.ts';

const SPEC = { instanceId: 'es-cn-1', serviceId: 'epsrv-2', zoneId: 'cn-hangzhou-i' };

describe('the way to read on', () => {
  it('is the cloud’s own recommendation, where it is one', () => {
    const recommend = 'https://api.aliyun.com/troubleshoot?q=X';
    expect(troubleshootingLink({ kind: 'answered', code: 'X', recommend })).toBe(recommend);
  });

  it('is the API Error Center otherwise', () => {
    const center = 'https://api.alibabacloud.com/troubleshoot?q=Throttling.User&product=elasticsearch&requestId=R-1';
    const problem = { kind: 'answered', code: 'Throttling.User', requestId: 'R-1' } as const;
    expect(troubleshootingLink(problem)).toBe(center);
    expect(troubleshootingLink({ ...problem, recommend: 'https://aliyun.com.example.org/' })).toBe(center);
    expect(troubleshootingLink({ ...problem, recommend: 'http://api.aliyun.com/' })).toBe(center);
  });

  it('is nowhere for what never reached the API', () => {
    expect(troubleshootingLink({ kind: 'unclear', code: 'Timeout' })).toBeUndefined();
  });
});

describe('the same by hand', () => {
  it('is a command of the aliyun CLI', () => {
    expect(aliyunCommand(SPEC, 'cn-hangzhou')).toBe(
      `aliyun elasticsearch POST /openapi/instances/es-cn-1/vpc-endpoints --body '{"serviceId":"epsrv-2","zoneId":"cn-hangzhou-i"}' --region cn-hangzhou`,
    );
  });

  it('runs nothing else, whatever the ids are', () => {
    const evil = { instanceId: "x'; touch /tmp/x; $(id) `id` #", serviceId: "'$(id)`id`\n&<>é", zoneId: '"\\' };
    const command = aliyunCommand(evil, '; id') ?? '';
    expect(command).not.toMatch(/[`&<>\n]/);
    const script = `aliyun() { printf '%s\\n' "$#" "$@"; }\n${command}`;
    const [count, ...args] = execFileSync('sh', ['-c', script], { encoding: 'utf8' }).trimEnd().split('\n');
    expect(count).toBe('5');
    expect(args[2]).toBe(
      `/openapi/instances/${encodeURIComponent(evil.instanceId).replaceAll("'", '%27').replaceAll('(', '%28').replaceAll(')', '%29')}/vpc-endpoints`,
    );
    expect(JSON.parse(args[4] ?? '')).toEqual({ serviceId: evil.serviceId, zoneId: evil.zoneId });
  });

  it('is made of half a character too', () => {
    expect(aliyunCommand({ ...SPEC, instanceId: 'es-\ud800' })).toContain('es-%EF%BF%BD');
  });

  it('is left out when the ids can’t be real', () => {
    expect(aliyunCommand({ ...SPEC, serviceId: 'x'.repeat(5_000) })).toBeUndefined();
  });

  it('is the operation in OpenAPI Explorer, filled in', () => {
    const { origin, pathname, searchParams } = new URL(explorerLink(SPEC, 'cn-hangzhou'));
    expect(origin + pathname).toBe('https://api.aliyun.com/api/elasticsearch/2017-06-13/CreateVpcEndpoint');
    expect(JSON.parse(searchParams.get('params') ?? '')).toEqual({
      InstanceId: 'es-cn-1',
      body: { serviceId: 'epsrv-2', zoneId: 'cn-hangzhou-i' },
    });
  });
});
