/** A message to one person is in their language, by the record alone; one to a channel in the channel's. */
import { describe, expect, it } from 'vitest';
import { outgoingMessage } from '../../../src/adapters/slack/blocks/outgoing.ts';
import { type About, type Destination, speaking } from '../../../src/application/record.ts';
import type { Locale } from '../../../src/domain/locale.ts';
import { PENDING, REQUESTER, SUCCEEDED, T0 } from '../../support/samples.ts';
import { given } from '../../support/scenario.ts';
import { outgoing, PRESENTATION, recordWith } from './announcer-stage.ts';

const pending = given(...PENDING).request;
const NOTICE = { kind: 'notice', told: { at: T0, event: { type: 'expired' } } } as const;
const ANSWER = { kind: 'answer', command: 'approve', refusal: { kind: 'only-requester' } } as const;
const PERSON = { kind: 'person', user: REQUESTER } as const;
const WHISPER = { kind: 'ephemeral', user: REQUESTER, channel: 'C0DATA' } as const;
const CHANNEL = { kind: 'channel', channel: 'C0APPROVALS' } as const;

function said(about: About, to: Destination, channels: Locale, reads?: Locale): string {
  const message = outgoing(about, to);
  const record = recordWith(about.kind === 'result' ? given(...SUCCEEDED).request : pending, message);
  const known = reads === undefined ? record : speaking(record, REQUESTER, reads);
  const { text, blocks } = outgoingMessage(message, known, false, { ...PRESENTATION, locale: channels });
  return JSON.stringify([text, blocks]);
}

describe('the language of a message', () => {
  it.each<[About, Destination, string, string]>([
    [NOTICE, PERSON, '已过期', 'expired'],
    [NOTICE, WHISPER, '已过期', 'expired'],
    [ANSWER, WHISPER, '只有申请人', 'Only the person who asked'],
    [{ kind: 'result' }, PERSON, '使用方法', 'How to use it'],
  ])('%o to %o is the reader’s', (about, to, chinese, english) => {
    expect(said(about, to, 'en', 'zh-CN')).toContain(chinese);
    expect(said(about, to, 'zh-CN', 'en')).toContain(english);
    expect(said(about, to, 'zh-CN')).toContain(chinese);
    expect(said(about, to, 'en')).toContain(english);
  });

  it.each<[About, Destination]>([
    [{ kind: 'card' }, CHANNEL],
    [{ kind: 'thread', told: [NOTICE.told] }, { kind: 'card-thread' }],
    [{ kind: 'result' }, CHANNEL],
    [{ ...NOTICE, kind: 'audit-line' }, CHANNEL],
    [{ ...NOTICE, kind: 'alert' }, CHANNEL],
  ])('%o to %o is the channel’s, whoever asked', (about, to) => {
    expect(said(about, to, 'zh-CN', 'en')).toBe(said(about, to, 'zh-CN'));
    expect(said(about, to, 'en', 'zh-CN')).toBe(said(about, to, 'en'));
    expect(said(about, to, 'zh-CN')).toMatch(/\p{Script=Han}/u);
    expect(said(about, to, 'en')).not.toMatch(/\p{Script=Han}/u);
  });
});
