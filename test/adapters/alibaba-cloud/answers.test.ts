/** Odd and official answers, word for word: what the client makes of them. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createVpcEndpoint } from '../../../sandbox/alibaba-cloud/create-vpc-endpoint.ts';
import { sampleCloud } from '../../../sandbox/alibaba-cloud/sample-cloud.ts';
import { CODES } from '../../../src/domain/cloud-errors.ts';
import { CREATE_VPC_ENDPOINT, CREATE_VPC_ENDPOINT_SAMPLE } from '../../fixtures/create-vpc-endpoint.ts';
import { type CaptureServer, startCaptureServer } from './capture-server.ts';
import { accountAt, SPEC } from './local-account.ts';

let server: CaptureServer;
beforeAll(async () => {
  server = await startCaptureServer();
});
afterAll(() => server.stop());
beforeEach(() => {
  server.captured.length = 0;
});

const problemOf = async (body: string, status = 200, headers: Record<string, string> = {}) => {
  server.answer(body, status, headers);
  const result = await accountAt(server.url).createEndpoint(SPEC, 'token-1', Date.now());
  return result.ok ? undefined : result.problem;
};

describe('the documentation page of CreateVpcEndpoint', () => {
  const { request, reply } = CREATE_VPC_ENDPOINT_SAMPLE;
  const spec = { instanceId: request.instanceId, ...request.body };

  it('describes the request that goes out', async () => {
    server.answer(JSON.stringify(reply));
    const account = accountAt(server.url);
    await account.createEndpoint(spec, request.clientToken, Date.now());
    await account.dryRunCreateEndpoint(spec);
    const [create, dryRun] = server.captured;
    const path = CREATE_VPC_ENDPOINT.path.replace('{InstanceId}', request.instanceId);
    const { method, action, version, parameters } = CREATE_VPC_ENDPOINT;
    expect(create).toMatchObject({
      method,
      target: `${path}?ClientToken=${request.clientToken}`,
      headers: { 'x-acs-action': action, 'x-acs-version': version },
    });
    expect(JSON.parse(create?.body ?? '')).toEqual(request.body);
    expect(Object.keys(JSON.parse(create?.body ?? ''))).toEqual(parameters.body);
    expect(dryRun).toMatchObject({ method, target: `${path}?dryRun=true`, body: create?.body });
    expect(parameters.query).toEqual(['ClientToken', 'dryRun']);
  });

  it('shows a reply whose serviceId is not the one sent, and that is a success', async () => {
    server.answer(JSON.stringify(reply));
    const result = await accountAt(server.url).createEndpoint(spec, request.clientToken, Date.now());
    expect(result).toEqual({
      ok: true,
      requestId: reply.RequestId,
      value: {
        id: reply.Result.endpointId,
        domain: reply.Result.endpointDomain,
        name: reply.Result.endpointName,
        serviceId: reply.Result.serviceId,
      },
    });
    expect(reply.Result.serviceId).not.toBe(request.body.serviceId);
    expect(reply.Result.endpointDomain).toContain(request.body.serviceId);
  });

  it('has the fields that the local cloud answers with', () => {
    const { action, method, reply: page } = CREATE_VPC_ENDPOINT;
    const { instanceId, ...body } = SPEC;
    const asked = { action, method, path: ['openapi', 'instances', instanceId, 'vpc-endpoints'], query: {}, body };
    const answered = createVpcEndpoint(sampleCloud(), asked, { requestId: 'R', now: 0 }).body;
    for (const shown of [reply, answered]) {
      expect(Object.keys(shown)).toEqual(page.fields);
      expect(Object.keys(shown.Result as object)).toEqual(page.result);
    }
  });

  it('bounds the ClientToken', async () => {
    server.answer(JSON.stringify(reply));
    const account = accountAt(server.url);
    const longest = 'x'.repeat(CREATE_VPC_ENDPOINT.longestClientToken);
    expect((await account.createEndpoint(spec, longest, Date.now())).ok).toBe(true);
    expect((await account.createEndpoint(spec, `${longest}x`, Date.now())).ok).toBe(false);
    expect(server.captured).toHaveLength(1);
  });
});

describe('a body of another shape', () => {
  it.each(['null', '[]', '"text"', '5', '{}', '{"Result":null}', '{"Result":true}', '{"Result":{"endpointId":5}}'])(
    'leaves a create unclear: %s',
    async (body) => {
      expect(await problemOf(body)).toMatchObject({ kind: 'unclear', code: 'UnreadableBody' });
    },
  );

  it.each(['{}', '{"Result":null}', '{"Result":true}', '{"Result":{"endpointId":""}}', '{"Code":"200","Result":{}}'])(
    'is a passed dry run if it is an object: %s',
    async (body) => {
      server.answer(body);
      expect(await accountAt(server.url).dryRunCreateEndpoint(SPEC)).toEqual({ ok: true, value: undefined });
    },
  );

  it('is a passed dry run if the code says so, whatever the status', async () => {
    for (const status of [200, 400, 403]) {
      server.answer('{"Code":"DryRunOperation","RequestId":"R"}', status);
      expect(await accountAt(server.url).dryRunCreateEndpoint(SPEC)).toEqual({
        ok: true,
        value: undefined,
        requestId: 'R',
      });
    }
  });

  it('is not believed when it is too large', async () => {
    expect(await problemOf(JSON.stringify({ Result: 'x'.repeat(5 * 1024 * 1024) }))).toMatchObject({
      kind: 'unclear',
      code: 'UnreadableBody',
    });
  });

  it('may decorate with anything, so long as the ids are there', async () => {
    const instance = {
      instanceId: 'es-1',
      description: null,
      status: 7,
      networkConfig: 'none',
      isNewDeployment: 'true',
    };
    server.answer(JSON.stringify({ Headers: { 'X-Total-Count': '1' }, Result: [instance], Extra: 1 }));
    const value = [{ id: 'es-1', description: '', status: '', newDeployment: true }];
    expect(await accountAt(server.url).listInstances()).toEqual({ ok: true, value });
  });

  it('spoils a list whose items have no id', async () => {
    server.answer(JSON.stringify({ RequestId: 'R', Result: [{ endpointId: 'ep-1' }] }));
    expect(await accountAt(server.url).listEndpoints('es-1')).toMatchObject({
      ok: false,
      problem: {
        kind: 'unclear',
        code: 'UnreadableBody',
        requestId: 'R',
        message: expect.stringContaining('serviceId'),
      },
    });
  });
});

describe('a list that does not add up', () => {
  it('is a problem when the total is never reached', async () => {
    server.answer(JSON.stringify({ Headers: { 'X-Total-Count': 3 }, Result: [{ instanceId: 'es-1' }] }));
    expect(await accountAt(server.url).listInstances()).toMatchObject({
      ok: false,
      problem: { kind: 'unclear', code: 'IncompleteList' },
    });
    expect(server.captured).toHaveLength(2);
  });

  it('is complete without a total when a page brings nothing new', async () => {
    server.answer(JSON.stringify({ Result: [{ instanceId: 'es-1' }] }));
    const result = await accountAt(server.url).listInstances();
    expect(result.ok && result.value).toHaveLength(1);
    expect(server.captured).toHaveLength(2);
  });

  it('is complete when every page is the same and longer than was asked for: there are no pages', async () => {
    const Result = Array.from({ length: 21 }, (_, i) => ({ endpointId: `ep-${i}`, serviceId: 'epsrv-1' }));
    server.answer(JSON.stringify({ Result }));
    const result = await accountAt(server.url).listEndpoints('es-1');
    expect(result.ok && result.value).toHaveLength(21);
    expect(server.captured).toHaveLength(2);
  });

  it('is a problem when the next page is the same for ever', async () => {
    server.answer(JSON.stringify({ Services: [{ ServiceId: 'epsrv-1' }], NextToken: 'again' }));
    expect(await accountAt(server.url).listEndpointServices()).toMatchObject({
      ok: false,
      problem: { kind: 'unclear', code: 'IncompleteList' },
    });
    expect(server.captured).toHaveLength(2);
  });
});

describe('a refusal', () => {
  it('may be written in lower case', async () => {
    expect(await problemOf('{"code":"InternalError","message":"oops","requestId":"R"}', 500)).toEqual({
      kind: 'answered',
      code: 'InternalError',
      message: 'oops',
      requestId: 'R',
      httpStatus: 500,
    });
  });

  it.each(Object.keys(CODES).map((code) => code.replace('*', 'Some')))('keeps its code as it is: %s', async (code) => {
    expect((await problemOf(JSON.stringify({ Code: code }), 400))?.code).toBe(code);
  });

  it('without a code says nothing', async () => {
    const problem = await problemOf('{"Message":"no"}', 400, { 'x-acs-request-id': 'R' });
    expect(problem).toEqual({ kind: 'unclear', code: 'HttpStatus', httpStatus: 400, requestId: 'R' });
  });

  it('comes with a link only if that is https', async () => {
    const recommend = async (link: string) =>
      (await problemOf(JSON.stringify({ Code: 'X', Recommend: link }), 400))?.recommend;
    expect(await recommend('https://api.aliyun.com/troubleshoot?q=X')).toBe('https://api.aliyun.com/troubleshoot?q=X');
    expect(await recommend('http://api.aliyun.com/')).toBeUndefined();
    expect(await recommend('javascript:alert(1)')).toBeUndefined();
    expect(await recommend('https://')).toBeUndefined();
  });

  it('is told in one line without secrets', async () => {
    await problemOf('{}');
    const message = `Signature mismatch:\n${server.captured[0]?.headers.authorization}\r\nLTAI5tSandboxOnlyKey0001 sandboxOnlySecret0000000000001`;
    const problem = await problemOf(JSON.stringify({ Code: 'SignatureDoesNotMatch', Message: message }), 403);
    expect(problem?.message).toMatch(/^Signature mismatch: ACS3-HMAC-SHA256 Credential=\[redacted\]/);
    expect(problem?.message).not.toMatch(/LTAI5t|sandboxOnly|[0-9a-f]{64}|\n/);
  });
});
