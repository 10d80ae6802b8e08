/** The tour: what is said at each step, what its button does, and when the step has come about. */
import type { Json, Message } from '../../slack/model.ts';
import type { Done } from '../wire.ts';
import { act, type Knowledge } from './knowledge.ts';
import type { SideTab } from './other-side.tsx';
import type { Where } from './reading.ts';

export interface TourView {
  readonly who: string;
  readonly where: Where;
  readonly tab: SideTab;
}

export interface TourStep {
  readonly view: (players: Players, knowledge: Knowledge) => TourView;
  /**
   * Whether what is told has come about: until then the button waits.
   * @param began what there was when the tour began: it may be taken twice.
   */
  readonly isThere: (knowledge: Knowledge, players: Players, began: Knowledge) => boolean;
  readonly next: (players: Players, knowledge: Knowledge) => Promise<Done>;
  readonly en: TourText;
  readonly 'zh-CN': TourText;
}

export interface TourText {
  readonly title: string;
  readonly seen: string;
  readonly underneath: string;
  readonly button: string;
}

/** Who plays: people who read the language that the tour is in, as far as there are some. */
export interface Players {
  readonly asker: string;
  readonly approver: string;
  readonly other: string;
}

export const PLAYERS: Readonly<Record<'en' | 'zh-CN', Players>> = {
  en: { asker: 'U0ANN', approver: 'U0BEN', other: 'U0CAT' },
  'zh-CN': { asker: 'U0LIN', approver: 'U0CAT', other: 'U0BEN' },
};

const [DATA, APPROVALS] = ['C0DATA', 'C0APPROVALS'];

/** The newest card: the tour may be taken twice. */
function newestCard(knowledge: Knowledge): Message | undefined {
  return knowledge
    .all('message')
    .filter(({ metadata, channel }) => {
      return channel === APPROVALS && metadata?.event_type === 'vpc_endpoint_request';
    })
    .at(-1);
}

function blockOf(card: Message, action: string): Json | undefined {
  return card.blocks.find(
    ({ elements }) => Array.isArray(elements) && elements.some((each) => each.action_id === action),
  );
}

async function press(knowledge: Knowledge, who: string, action: string): Promise<Done> {
  const card = newestCard(knowledge);
  const block = card === undefined ? undefined : blockOf(card, action);
  if (card === undefined || block === undefined) return { ok: false, why: `there is nothing to ${action}` };
  return act({ act: 'click', as: who, on: { channel: card.channel, ts: card.ts }, block, action });
}

const creates = (knowledge: Knowledge) => knowledge.one('tally', 'all')?.creates ?? 0;

const formOf = (knowledge: Knowledge, asker: string) =>
  knowledge.all('modal').find(({ user, callback_id: form }) => user === asker && form === 'create_endpoint');

/** The card that the tour has brought about. */
function ownCard(knowledge: Knowledge, began: Knowledge): Message | undefined {
  const card = newestCard(knowledge);
  return card?.ts === newestCard(began)?.ts ? undefined : card;
}

const isPending = (card: Message | undefined) => card !== undefined && blockOf(card, 'approve') !== undefined;

function succeeded(knowledge: Knowledge): boolean {
  const request = newestCard(knowledge)?.metadata?.event_payload.request_id;
  return knowledge.all('message').some(({ channel, metadata, text }) => {
    return (
      channel === DATA && metadata?.event_payload.request_id === request && text.includes('privatelink.aliyuncs.com')
    );
  });
}

export const TOUR: readonly TourStep[] = [
  {
    view: ({ asker }) => ({ who: asker, where: { place: DATA }, tab: 'cloud' }),
    // The last thing that is filled in.
    isThere: (knowledge, { asker }) => Boolean(formOf(knowledge, asker)?.values.reason?.reason?.value),
    next: async ({ asker }, knowledge) => {
      const form = formOf(knowledge, asker);
      if (form === undefined) return { ok: false, why: 'the form was closed' };
      return act({ act: 'submit', as: asker, view: form.id });
    },
    en: {
      title: 'Ann asks',
      seen: 'Ann typed /vpc-endpoint create. Instances, services and zones are searched in the form; she has filled it in.',
      underneath:
        'The form opened within Slack’s three seconds: the lists come from a cache, and a slow cloud leaves a usable form.',
      button: 'Submit the form',
    },
    'zh-CN': {
      title: '林小满提出申请',
      seen: '林小满输入了 /vpc-endpoint create。实例、服务和可用区都能在表单里搜索，她已经填好。',
      underneath: '表单在 Slack 的三秒之内打开：列表来自缓存，云端再慢，表单也能用。',
      button: '提交表单',
    },
  },
  {
    view: ({ approver }) => ({ who: approver, where: { place: APPROVALS }, tab: 'cloud' }),
    isThere: (knowledge, _players, began) => isPending(ownCard(knowledge, began)),
    next: async ({ approver, other }, knowledge) => {
      await act({ act: 'switch', name: 'lost-reply', on: true });
      const [done] = await Promise.all([press(knowledge, approver, 'approve'), press(knowledge, other, 'approve')]);
      return done;
    },
    en: {
      title: 'The card',
      seen: 'Ben sees what, where, why and who, and that it would work: everything a decision on a phone needs.',
      underneath:
        'Before anybody was asked, the request was checked against the cloud, with a dry run that creates nothing.',
      button: 'Ben and Cat approve in the same moment, and the cloud’s answer gets lost',
    },
    'zh-CN': {
      title: '审批卡片',
      seen: 'Cat 看到申请的内容、位置、原因和申请人，也看到预检已通过：在手机上做决定所需的一切都在这里。',
      underneath: '在询问任何人之前，申请已对照云端检查过，包括一次不会创建任何资源的预检调用。',
      button: 'Cat 和 Ben 在同一瞬间批准，而云端的应答会丢失',
    },
  },
  {
    view: ({ other }) => ({ who: other, where: { place: APPROVALS }, tab: 'cloud' }),
    isThere: (knowledge, _players, began) => creates(knowledge) > creates(began) && !isPending(newestCard(knowledge)),
    next: () => act({ act: 'kill' }),
    en: {
      title: 'Two clicks, one decision',
      seen: 'One of them was told privately that the other was faster.',
      underneath:
        'The ClientToken was in Redis before the create was sent. The endpoint is there, but the bot was never told: it does not know.',
      button: 'Now kill the bot (SIGKILL)',
    },
    'zh-CN': {
      title: '两次点击，一个决定',
      seen: '其中一人收到私下提示：另一位更快一步。',
      underneath: 'ClientToken 在发出创建调用之前就已写入 Redis。终端节点已经存在，但应答没有到达：机器人还不知道。',
      button: '现在杀死机器人（SIGKILL）',
    },
  },
  {
    view: ({ asker }) => ({ who: asker, where: { place: DATA }, tab: 'cloud' }),
    isThere: succeeded,
    next: () => act({ act: 'switch', name: 'lost-reply', on: false }),
    en: {
      title: 'Exactly once',
      seen: 'The domain is in the channel, with how to use it. Ann was told.',
      underneath:
        'A new process took the request over, looked, and sent the create again with the same ClientToken: the cloud answered with the same endpoint.',
      button: 'And afterwards?',
    },
    'zh-CN': {
      title: '恰好一次',
      seen: '域名已发到频道，并附上用法。林小满也收到了通知。',
      underneath:
        '新进程接手了这个申请，先查看云端，再用同一个 ClientToken 重新发送创建调用：云端返回了同一个终端节点。',
      button: '之后呢？',
    },
  },
  {
    view: ({ approver }, knowledge) => {
      const thread = newestCard(knowledge)?.ts;
      return {
        who: approver,
        where: { place: APPROVALS, ...(thread === undefined ? {} : { thread }) },
        tab: 'request',
      };
    },
    isThere: () => true,
    next: async () => ({ ok: true }),
    en: {
      title: 'What stays',
      seen: 'The card is final, its buttons are gone, and its thread has each step once.',
      underneath: 'Each transition is a link in an audit chain. Move the slider to see card and cloud as they were.',
      button: 'Break it yourself',
    },
    'zh-CN': {
      title: '留下了什么',
      seen: '卡片已是最终状态，按钮已消失，消息列里每一步恰好出现一次。',
      underneath: '每次状态变化都是审计链上的一环。拖动滑块即可看到当时的卡片与云端。',
      button: '亲手制造故障',
    },
  },
];
