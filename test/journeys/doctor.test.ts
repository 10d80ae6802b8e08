/** An admin asks the running bot what is wrong with its surroundings. */
import { describe, expect, it } from 'vitest';
import { stageOfFile } from '../support/stage-of-file.ts';

const file = stageOfFile({
  config: (usual) => ({ ...usual, channels: { ...usual.channels, audit: 'C0OLD' } }),
});

describe('/vpc-endpoint doctor in the running bot', () => {
  it('tells an admin in private, in their own language, and posts nothing', async () => {
    const { slack } = file;
    slack.workspace.channel('C0DATA').members.add('U0ADA');
    slack.workspace.user('U0ADA').locale = 'zh-TW';
    const before = slack.workspace.messages.length;
    const { status } = await slack.as('U0ADA').command('C0DATA', '/vpc-endpoint', 'doctor');
    expect(status).toBe(200);
    const told = await slack.waitFor(() => slack.workspace.messages.find(({ text }) => text.includes('项检查通过')), {
      what: 'the findings',
    });
    expect(told.ephemeralTo).toBe('U0ADA');
    expect(told.text).toContain(':x: 频道 C0OLD 已归档（channels.audit）。');
    // The Redis of a test keeps nothing.
    expect(told.text).toContain(':x: Redis 没有把写入保存到磁盘（appendonly 为 no）。');
    const since = slack.workspace.messages.slice(before);
    expect(since.filter(({ ephemeralTo }) => ephemeralTo !== 'U0ADA')).toEqual([]);
    expect(file.cloud.calls.filter(({ action }) => /^(Create|Delete|Enable|Disable)/.test(action))).toEqual([]);
  });

  it('tells nobody else', async () => {
    const { slack } = file;
    await slack.as('U0BEN').command('C0DATA', '/vpc-endpoint', 'doctor');
    const refusal = await slack.waitFor(() =>
      slack.workspace.messages.find(({ ephemeralTo }) => ephemeralTo === 'U0BEN'),
    );
    expect(refusal.text).toMatch(/^Only admins and owners of this workspace/);
  });
});
