/** `/vpc-endpoint doctor`: for admins only, privately, the same findings as on the command line. */
import { describe, expect, it } from 'vitest';
import type { Message } from '../../../sandbox/slack/model.ts';
import type { Finding } from '../../../src/domain/doctor/findings.ts';
import { type Stage, setStage } from './listeners-stage.ts';

const FINDINGS: readonly Finding[] = [
  { id: 'slack-ready', team: 'Acme', teamId: 'T0ACME' },
  { id: 'redis-syncs-late', appendfsync: 'everysec' },
  { id: 'rule-shadowed', rule: '<!channel> & co', by: 'wide' },
];

async function ask(stage: Stage, who: string): Promise<readonly Message[]> {
  stage.slack.workspace.channel('C0DATA').members.add(who);
  const { slack } = stage;
  const first = slack.log.calls.length;
  await slack.as(who).command('C0DATA', '/vpc-endpoint', 'doctor');
  const heard = () => slack.workspace.messages.filter(({ ephemeralTo }) => ephemeralTo === who);
  await slack.waitFor(() => heard().some(({ text }) => /passed|Only admins|did not say/.test(text)), {
    what: `an answer to ${who} after call ${first}`,
  });
  return heard();
}

describe('/vpc-endpoint doctor', () => {
  it('answers an admin with the worst first, what is fine in one line, and nothing that Slack would act on', async () => {
    const stage = await setStage({ findings: FINDINGS });
    const [looking, answer, ...more] = await ask(stage, 'U0ADA');
    expect(looking?.text).toMatch(/^Looking at Slack/);
    expect(more).toEqual([]);
    const text = answer?.text ?? '';
    expect(text).toMatch(/^\*1 problem, 1 warning, 0 not checked, 1 fine\*\n\n:x: The rule “/);
    expect(text.indexOf(':x:')).toBeLessThan(text.indexOf(':warning:'));
    expect(text).toContain('1 check passed.');
    expect(text).toContain('&lt;!channel&gt; &amp; co');
    expect(stage.slack.log.protocolErrors).toEqual([]);
  });

  it('refuses everybody else in words, and looks at nothing', async () => {
    const stage = await setStage({ findings: FINDINGS });
    const [refusal, ...more] = await ask(stage, 'U0ANN');
    expect(refusal?.text).toMatch(/^Only admins and owners/);
    expect(more).toEqual([]);
  });

  it('refuses when Slack does not say whether it is an admin', async () => {
    const stage = await setStage({ findings: FINDINGS });
    stage.slack.faults.add({ method: 'users.info', kind: 'error', error: 'internal_error', times: 10 });
    const [refusal, ...more] = await ask(stage, 'U0ADA');
    expect(refusal?.text).toMatch(/did not say whether you are an admin/);
    expect(more).toEqual([]);
  });

  it('says at most two messages of at most 4000 characters, however much is wrong', async () => {
    const many = Array.from(
      { length: 60 },
      (_, index): Finding => ({ id: 'channel-not-joined', channel: `C${index}`, places: ['<&>'.repeat(60)] }),
    );
    const stage = await setStage({ findings: [...many, { id: 'redis-ready', version: '7.0' }] });
    const [, ...answers] = await ask(stage, 'U0ADA');
    expect(answers.length).toBe(2);
    for (const { text } of answers) expect(text.length).toBeLessThanOrEqual(4_000);
    const shown = answers.flatMap(({ text }) => text.match(/^:x:/gm) ?? []).length;
    expect(answers[1]?.text).toContain(`… and ${60 - shown} more.`);
    expect(shown).toBeGreaterThan(5);
    expect(stage.slack.log.protocolErrors).toEqual([]);
  });
});
