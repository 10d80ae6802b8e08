/** The other side: what people in Slack never see. One glance says how many creates were sent, and what came of them. */
import type { BotState } from '../wire.ts';
import { BreakTab } from './break-tab.tsx';
import { CallsTab } from './calls-tab.tsx';
import { RawTab } from './raw-tab.tsx';
import { RequestTab } from './request-tab.tsx';
import { useScene } from './scene.ts';
import { Tabs } from './tabs.tsx';

export type SideTab = 'cloud' | 'request' | 'raw' | 'break';

export function OtherSide({ tab, choose }: { readonly tab: SideTab; readonly choose: (tab: SideTab) => void }) {
  const { words } = useScene();
  const tabs = [
    { name: 'cloud', words: words.cloud },
    { name: 'request', words: words.request },
    { name: 'raw', words: words.raw },
    { name: 'break', words: words.breakIt },
  ] as const;
  return (
    <section class="other-side" aria-label={words.otherSide}>
      <Glance />
      <Tabs tabs={tabs} chosen={tab} choose={choose} label={words.otherSide}>
        {tabOf(tab)}
      </Tabs>
    </section>
  );
}

function tabOf(tab: SideTab) {
  switch (tab) {
    case 'cloud':
      return <CallsTab />;
    case 'request':
      return <RequestTab />;
    case 'raw':
      return <RawTab />;
    case 'break':
      return <BreakTab />;
  }
}

function Glance() {
  const { knowledge, words } = useScene();
  const { creates } = knowledge.one('tally', 'all') ?? { creates: 0 };
  const endpoints = knowledge.all('endpoint').length;
  const bot: BotState = knowledge.one('bot', 'state') ?? { state: 'starting', lives: 1 };
  const { aheadMs } = knowledge.one('clock', 'ahead') ?? { aheadMs: 0 };
  return (
    <div class="glance" role="status">
      <div class="figure">
        <strong data-figure="creates">{creates}</strong> {words.createsSent(creates)}
      </div>
      <span aria-hidden="true">→</span>
      <div class="figure">
        <strong data-figure="endpoints">{endpoints}</strong> {words.endpointsMade(endpoints)}
      </div>
      <div class={`bot-state ${bot.state}`} data-bot={bot.state} data-lives={bot.lives}>
        {words.bot} {words.botState[bot.state]} · {words.lives(bot.lives)}
        {bot.trouble === undefined ? '' : ` · ${bot.trouble}`}
        {aheadMs > 0 ? ` · ${words.aheadBy(Math.round(aheadMs / 3_600_000))}` : ''}
      </div>
    </div>
  );
}
