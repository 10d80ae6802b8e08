/** Whose hand fills in what people, the config file and the cloud write: realistic, as long as it gets, or empty. */
import type { Locale } from '../../src/domain/locale.ts';

export interface Pen {
  readonly name: 'usual' | 'longest' | 'emptiest';
  readonly text: 'usual' | 'worst';
  readonly locale: Locale;
  readonly at: number;
  readonly revision: number;

  readonly requester: string;
  readonly approvers: readonly string[];
  readonly groups: readonly string[];
  readonly account: string;
  readonly accounts: readonly string[];
  readonly instance: string;
  readonly service: string;
  readonly zone: string;
  readonly zones: readonly string[];
  readonly rule: string;
  readonly reason: string;
  /** Why somebody rejected it. */
  readonly no: string;

  /** As Slack shows them. */
  readonly personName: string;
  readonly groupName: string;
  readonly instanceName: string;
  readonly serviceName: string;
  readonly endpointName: string;
  readonly endpoint: (n: number) => string;
  readonly domain: (n: number) => string;
  /** A status that is a word of the cloud's. */
  readonly word: (usual: string) => string;
  readonly message: string;
  readonly requestId: string;
  readonly recommend: string;
  /** A technical detail, in the doctor's findings. */
  readonly error: (usual: string) => string;
  readonly link: string;
  readonly many: (usual: number) => number;

  /** What is kept of an id or a name wherever it is shown. */
  readonly kept: (text: string) => string;
  readonly foreign: readonly string[];
}

/** What somebody might try, and what merely happens to be in a text. */
const PIECES = [
  '<!channel> <@UEVIL> <!subteam^SEVIL> ',
  '<https://evil.example|ok> http://evil.example & &amp; ',
  '*bold* _it_ ~no~ `code` ``` ',
  '😀👩‍👩‍👧‍👦 漢字 \u202eעברית ',
  'a\n\n\n> b\r\nc\u2028d "e" \'f\' ',
  '𝔸'.repeat(7),
];

/** So many UTF-16 units of all that at once; half a character may stand at the end. */
function hostile(length: number): string {
  return PIECES.join('')
    .repeat(Math.ceil(length / 100))
    .slice(0, length);
}

const filled = (start: string, length: number): string => start.padEnd(length, '0123456789');
const numbered = (start: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, n) => filled(`${start}${String(n).padStart(3, '0')}`, 31));
const items = <T>(count: number, make: (n: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, n) => make(n));

const WORDS: Readonly<Record<Locale, Pick<Pen, 'reason' | 'no' | 'personName' | 'instanceName' | 'serviceName'>>> = {
  en: {
    reason: 'Watcher should send its alerts to the on-call webhook in our VPC (OPS-482).',
    no: 'Please use the shared alerting service of the platform team instead.',
    personName: 'Ben Okafor',
    instanceName: 'orders search',
    serviceName: 'on-call webhook',
  },
  'zh-CN': {
    reason: '需要让 Watcher 把告警发送到我们 VPC 内的值班 Webhook（OPS-482）。',
    no: '请改用平台团队的公共告警服务。',
    personName: '陈本',
    instanceName: '订单搜索',
    serviceName: '值班告警 Webhook',
  },
};

const EXAMPLE = {
  instance: 'es-cn-2r429tctl000d1aqz',
  service: 'epsrv-hp3xdsq46ael67lob1c2',
  endpoint: (n: number) => `ep-bp1${String(n).padStart(2, '0')}8s6wy9420wdi4e`,
};

function usual(locale: Locale): Pen {
  const words = WORDS[locale];
  return {
    name: 'usual',
    text: 'usual',
    locale,
    at: Date.parse('2026-03-02T08:15:00Z'),
    revision: 1,
    requester: 'U0ANN',
    approvers: ['U0BEN', 'U0CAT'],
    groups: ['S0SRE'],
    account: 'production',
    accounts: ['production', 'staging'],
    instance: EXAMPLE.instance,
    service: EXAMPLE.service,
    zone: 'cn-hangzhou-i',
    zones: ['cn-hangzhou-h', 'cn-hangzhou-j'],
    rule: 'production',
    ...words,
    groupName: 'sre',
    endpointName: 'es-orders',
    endpoint: EXAMPLE.endpoint,
    domain: (n) => `${EXAMPLE.endpoint(n)}.${EXAMPLE.service}.cn-hangzhou.privatelink.aliyuncs.com`,
    word: (word) => word,
    message: 'The request was refused.',
    requestId: '5A4CE6B4-2C64-5F4E-9C5F-0F0F0F0F0F0F',
    recommend: 'https://api.aliyun.com/troubleshoot?q=InstanceNotFound&product=elasticsearch',
    error: (error) => error,
    link: 'https://acme.slack.com/archives/C0APPROVALS/p1772439300000100',
    many: (count) => count,
    kept: (text) => text,
    foreign: Object.values(words),
  };
}

/** As long as the config file, the forms, Slack and the cloud's client let each one get. */
function longest(locale: Locale): Pen {
  const word = hostile(300);
  return {
    name: 'longest',
    text: 'worst',
    locale,
    at: Date.parse('9999-12-31T23:59:59Z'),
    revision: 999_999_999,
    requester: filled('UREQUESTER', 64),
    approvers: numbered('UAPPROVER', 40),
    groups: numbered('SGROUP', 40),
    account: filled('account-', 64),
    accounts: items(300, (n) => filled(`account-${n}-`, 64)),
    instance: filled('es-cn-', 75),
    service: filled('epsrv-', 75),
    zone: filled('cn-hangzhou-', 150),
    zones: items(300, (n) => filled(`cn-hangzhou-${n}-`, 150)),
    rule: word,
    reason: hostile(3_000),
    no: hostile(3_000),
    personName: word,
    groupName: word,
    instanceName: word,
    serviceName: word,
    endpointName: word,
    endpoint: (n) => filled(`ep-${n}-`, n % 2 === 0 ? 75 : 60) + (n % 2 === 0 ? '' : word),
    domain: (n) => filled(`d${n}.`, 60) + word,
    word: () => word,
    message: word,
    requestId: word,
    recommend: `https://api.aliyun.com/troubleshoot?q=${'a&b='.repeat(400)}`,
    error: () => word,
    link: `https://acme.slack.com/archives/C0APPROVALS/p1?thread_ts=1&cid=${'C'.repeat(400)}`,
    many: () => 300,
    kept: (text) => text.slice(0, 30),
    foreign: [],
  };
}

/** Empty wherever the types allow it. Ids are what they are: without one, nothing is read from any edge. */
function emptiest(locale: Locale): Pen {
  return {
    ...usual(locale),
    name: 'emptiest',
    text: 'worst',
    at: 0,
    approvers: [],
    groups: [],
    accounts: [],
    zones: [],
    rule: '',
    reason: '',
    no: '',
    personName: '',
    groupName: '',
    instanceName: '',
    serviceName: '',
    endpointName: '',
    domain: () => '',
    word: () => '',
    message: '',
    requestId: '',
    recommend: '',
    error: () => '',
    link: '',
    many: () => 0,
    foreign: [],
  };
}

export const PENS: Readonly<Record<Pen['name'], (locale: Locale) => Pen>> = { usual, longest, emptiest };
