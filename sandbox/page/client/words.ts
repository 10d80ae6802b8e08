/** The page's own words, in each language; what the bot says is the bot's. */
import type { Refusal, SwitchName } from '../wire.ts';

export interface Words {
  readonly locale: 'en' | 'zh-CN';
  readonly title: string;
  readonly actingAs: string;
  readonly secondPerson: string;
  readonly nobody: string;
  readonly theme: string;
  readonly tour: string;
  readonly gallery: string;
  readonly workspace: string;
  readonly channels: string;
  readonly apps: string;
  readonly home: string;
  readonly openHome: string;
  readonly shortcut: string;
  readonly clear: string;
  readonly emptyHome: string;
  readonly thread: string;
  readonly closeThread: string;
  readonly replies: (count: number) => string;
  readonly onlyYou: string;
  readonly app: string;
  readonly messageTo: (place: string) => string;
  readonly replyHere: string;
  readonly send: string;
  readonly notMember: string;
  readonly unread: string;
  readonly optional: string;
  readonly choose: string;
  readonly searching: string;
  readonly noResults: string;
  readonly close: string;
  readonly back: string;
  readonly working: string;
  readonly dismiss: string;
  readonly deleted: string;
  readonly unknownBlock: (type: string) => string;
  readonly usage: string;
  readonly otherSide: string;
  readonly cloud: string;
  readonly calls: string;
  readonly request: string;
  readonly raw: string;
  readonly breakIt: string;
  /** Behind the number. */
  readonly createsSent: (count: number) => string;
  readonly endpointsMade: (count: number) => string;
  readonly endpoints: string;
  readonly noEndpoints: string;
  readonly noCalls: string;
  readonly noRequests: string;
  readonly dryRun: string;
  readonly answer: string;
  readonly lost: string;
  readonly asItWas: string;
  readonly frame: (n: number, all: number) => string;
  readonly transitions: string;
  readonly life: (n: number) => string;
  readonly noCard: string;
  readonly fromSlack: string;
  readonly toSlack: string;
  readonly bot: string;
  readonly botState: Readonly<Record<'ready' | 'starting' | 'killed', string>>;
  readonly lives: (n: number) => string;
  readonly kill: string;
  readonly ahead: string;
  readonly hour: string;
  readonly day: string;
  readonly aheadBy: (hours: number) => string;
  readonly switches: Readonly<Record<SwitchName, { readonly name: string; readonly what: string }>>;
  readonly struck: (n: number) => string;
  readonly refusals: Readonly<Record<Refusal, string>>;
  readonly connectionLost: string;
  readonly language: string;
  readonly surface: string;
  readonly search: string;
  readonly texts: string;
  readonly usual: string;
  readonly longest: string;
  readonly emptiest: string;
  readonly more: (left: number) => string;
  readonly found: (count: number) => string;
  readonly loading: string;
  readonly leaveTour: string;
  readonly step: (n: number, all: number) => string;
  readonly underneath: string;
}

const EN: Words = {
  locale: 'en',
  title: 'vpc-endpoint-bot sandbox',
  actingAs: 'Acting as',
  secondPerson: 'Beside',
  nobody: 'nobody',
  theme: 'Light or dark',
  tour: 'Take the tour',
  gallery: 'Gallery',
  workspace: 'Workspace',
  channels: 'Channels',
  apps: 'Apps',
  home: 'Home',
  openHome: 'Home tab',
  shortcut: 'New VPC endpoint',
  clear: 'Clear',
  emptyHome: 'The bot has not published anything here yet.',
  thread: 'Thread',
  closeThread: 'Close the thread',
  replies: (count) => (count === 1 ? '1 reply' : `${count} replies`),
  onlyYou: 'Only visible to you',
  app: 'APP',
  messageTo: (place) => `Message ${place}`,
  replyHere: 'Reply …',
  send: 'Send',
  notMember: 'You are not a member of this channel: you can read along.',
  unread: 'unread',
  optional: '(optional)',
  choose: 'Choose …',
  searching: 'Searching …',
  noResults: 'No results',
  close: 'Close',
  back: 'Back',
  working: 'working …',
  dismiss: 'Dismiss',
  deleted: 'This message was deleted.',
  unknownBlock: (type) => `This page cannot show a block of type “${type}”. Please teach it.`,
  usage: 'create, show, pending, help …',
  otherSide: 'The other side',
  cloud: 'Cloud',
  calls: 'Calls',
  request: 'Request',
  raw: 'Payloads',
  breakIt: 'Break it',
  createsSent: (count) => (count === 1 ? 'create sent' : 'creates sent'),
  endpointsMade: (count) => (count === 1 ? 'endpoint there' : 'endpoints there'),
  endpoints: 'Endpoints',
  noEndpoints: 'No endpoint yet.',
  noCalls: 'No call yet.',
  noRequests: 'No request yet.',
  dryRun: 'dry run',
  answer: 'Answer',
  lost: 'answer lost',
  asItWas: 'As it was',
  frame: (n, all) => `moment ${n} of ${all}`,
  transitions: 'Transitions',
  life: (n) => `bot process ${n}`,
  noCard: 'No card yet.',
  fromSlack: 'Slack → bot',
  toSlack: 'bot → Slack',
  bot: 'The bot',
  botState: { ready: 'is running', starting: 'is starting', killed: 'is gone' },
  lives: (n) => (n === 1 ? 'started once' : `started ${n} times`),
  kill: 'Kill it (SIGKILL)',
  ahead: 'Move its time ahead',
  hour: '1 hour',
  day: '1 day',
  aheadBy: (hours) => `${hours} h ahead`,
  switches: {
    'lost-reply': {
      name: 'Lose a reply',
      what: 'The next create takes effect, its answer never arrives, and the list shows the endpoint late.',
    },
    'slow-cloud': { name: 'Slow cloud', what: 'Each call to Alibaba Cloud takes 3 s longer.' },
    'failing-cloud': { name: 'Failing cloud', what: 'Each call to Alibaba Cloud is answered with 503.' },
    'slack-429': { name: 'Slack says 429', what: 'Messages and updates are refused, with a Retry-After of 5 s.' },
    'slack-down': { name: 'Slack is down', what: 'Each call of the bot to Slack is answered with 500.' },
    'double-click': { name: 'Double clicks', what: 'Each button is clicked twice, in the same moment.' },
    redelivery: { name: 'Delivered twice', what: 'Each click on a message, and each event, is handed over twice.' },
  },
  struck: (n) => `struck ${n}×`,
  refusals: {
    'no-command-in-thread': 'Slash commands can’t be used in threads. Type it in the channel.',
    'no-such-command': 'There is no such command here, only /vpc-endpoint.',
    gone: 'It is not there any more.',
    'bot-away': 'The bot is not running; it will be back in a moment.',
    'all-connected': 'Everything has its endpoint by now. Start the sandbox anew for more.',
  },
  connectionLost: 'The sandbox has stopped. This page waits for it.',
  language: 'Language',
  surface: 'What',
  search: 'Which',
  texts: 'Texts',
  usual: 'usual',
  longest: 'as long as they can be',
  emptiest: 'as little as there can be',
  more: (left) => `Show more (${left} left)`,
  found: (count) => `${count} found`,
  loading: 'Loading …',
  leaveTour: 'Leave the tour',
  step: (n, all) => `Step ${n} of ${all}`,
  underneath: 'Underneath',
};

const ZH: Words = {
  locale: 'zh-CN',
  title: 'vpc-endpoint-bot 沙盒',
  actingAs: '当前身份',
  secondPerson: '并排',
  nobody: '无',
  theme: '浅色或深色',
  tour: '开始导览',
  gallery: '消息画廊',
  workspace: '工作区',
  channels: '频道',
  apps: '应用',
  home: '主页',
  openHome: '主页',
  shortcut: '新建 VPC 终端节点',
  clear: '清除',
  emptyHome: '机器人还没有在这里发布内容。',
  thread: '消息列',
  closeThread: '关闭消息列',
  replies: (count) => `${count} 条回复`,
  onlyYou: '仅对你可见',
  app: '应用',
  messageTo: (place) => `发送到 ${place}`,
  replyHere: '回复……',
  send: '发送',
  notMember: '你不是此频道的成员，只能阅读。',
  unread: '未读',
  optional: '（选填）',
  choose: '请选择……',
  searching: '正在搜索……',
  noResults: '没有结果',
  close: '关闭',
  back: '返回',
  working: '处理中……',
  dismiss: '忽略',
  deleted: '此消息已被删除。',
  unknownBlock: (type) => `此页面无法显示类型为“${type}”的块，请补充实现。`,
  usage: 'create、show、pending、help……',
  otherSide: '另一端',
  cloud: '云端',
  calls: '调用',
  request: '申请',
  raw: '载荷',
  breakIt: '制造故障',
  createsSent: () => '次创建调用',
  endpointsMade: () => '个终端节点',
  endpoints: '终端节点',
  noEndpoints: '还没有终端节点。',
  noCalls: '还没有调用。',
  noRequests: '还没有申请。',
  dryRun: '预检',
  answer: '应答',
  lost: '应答丢失',
  asItWas: '当时的样子',
  frame: (n, all) => `第 ${n} 个时刻，共 ${all} 个`,
  transitions: '状态变化',
  life: (n) => `第 ${n} 个机器人进程`,
  noCard: '还没有卡片。',
  fromSlack: 'Slack → 机器人',
  toSlack: '机器人 → Slack',
  bot: '机器人',
  botState: { ready: '正在运行', starting: '正在启动', killed: '已停止' },
  lives: (n) => `已启动 ${n} 次`,
  kill: '杀死进程（SIGKILL）',
  ahead: '把它的时间调快',
  hour: '1 小时',
  day: '1 天',
  aheadBy: (hours) => `快 ${hours} 小时`,
  switches: {
    'lost-reply': { name: '丢失应答', what: '下一次创建会生效，但应答不会到达，列表也会迟一些才显示该终端节点。' },
    'slow-cloud': { name: '云端变慢', what: '对阿里云的每次调用都多用 3 秒。' },
    'failing-cloud': { name: '云端故障', what: '对阿里云的每次调用都得到 503。' },
    'slack-429': { name: 'Slack 限流', what: '消息与更新被拒绝，Retry-After 为 5 秒。' },
    'slack-down': { name: 'Slack 宕机', what: '机器人对 Slack 的每次调用都得到 500。' },
    'double-click': { name: '双击', what: '每个按钮都在同一瞬间被点击两次。' },
    redelivery: { name: '重复投递', what: 'Slack 把消息上的每次点击和每个事件都再投递一遍。' },
  },
  struck: (n) => `发生 ${n} 次`,
  refusals: {
    'no-command-in-thread': '消息列中不能使用斜杠命令，请在频道中输入。',
    'no-such-command': '这里没有这个命令，只有 /vpc-endpoint。',
    gone: '它已经不在了。',
    'bot-away': '机器人没有在运行，稍后会恢复。',
    'all-connected': '所有组合都已有终端节点。如需更多，请重新启动沙盒。',
  },
  connectionLost: '沙盒已停止，本页正在等待它。',
  language: '语言',
  surface: '种类',
  search: '查找',
  texts: '文本',
  usual: '普通',
  longest: '尽可能长',
  emptiest: '尽可能少',
  more: (left) => `显示更多（还有 ${left} 个）`,
  found: (count) => `共 ${count} 个`,
  loading: '正在加载……',
  leaveTour: '离开导览',
  step: (n, all) => `第 ${n} 步，共 ${all} 步`,
  underneath: '幕后',
};

/** In the language of whoever acts. */
export function wordsFor(locale: string): Words {
  return locale.toLowerCase().startsWith('zh') ? ZH : EN;
}
