/** The Home tab: what waits for its reader, what they asked for and own, and what was decided lately. */
import type { HomeView, KnownBlock, SectionBlock } from '@slack/types';
import type { Cut, HomeLists, RecordOf } from '../../../application/home.ts';
import { cardPlaceOf, type RequestRecord } from '../../../application/record.ts';
import type { Pending } from '../../../domain/request.ts';
import type { HomeSections, Listed } from '../../../messages/home.ts';
import type { Messages } from '../../../messages/messages.ts';
import { buttonValue } from './button-value.ts';
import { button, context, header, section } from './elements.ts';

/** Of one request: ten times as much would still fit. */
const LINE = 900;

/** At most 15 + 25 + 15 + 10 requests, with twelve blocks around them: Slack takes 100. */
export function homeView(lists: HomeLists, messages: Messages): HomeView {
  const { home, card, connection } = messages;
  const { waiting, asked, owned, decided } = lists;
  const lines = <R extends RequestRecord>(records: readonly R[], line: (record: R) => string) =>
    records.map((record) => section(line(record), LINE));
  return {
    type: 'home',
    blocks: [
      { type: 'actions', elements: [button('new_request', home.newRequest, 'home', 'primary')] },
      ...part(
        'waiting',
        waiting.records.map((record) => waits(record, messages)),
        waiting,
        messages,
      ),
      ...part(
        'asked',
        lines(asked.records, (each) => home.asked(listed(each), card.headline(each.request))),
        asked,
        messages,
      ),
      ...part(
        'owned',
        lines(owned.records, (each) => home.owned(listed(each), connection.progress(each.request))),
        owned,
        messages,
      ),
      ...part(
        'decided',
        lines(decided, (each) => home.decided(listed(each), card.headline(each.request))),
        undefined,
        messages,
      ),
    ],
  };
}

/** One sentence, for whoever may not look. */
export function homeSentence(sentence: string): HomeView {
  return { type: 'home', blocks: [section(sentence)] };
}

/** A record as the sentences about lists take it. */
export function listed<R extends RequestRecord>(record: R): Listed<R['request']> {
  const card = cardPlaceOf(record);
  return { request: record.request, ...(card === undefined ? {} : { card }) };
}

function waits(record: RecordOf<Pending>, { home, card }: Messages): SectionBlock {
  const why = button('why', card.buttons.why, buttonValue(record.request));
  return { ...section(home.waits(listed(record)), LINE), accessory: why };
}

function part(
  name: keyof HomeSections,
  shown: readonly SectionBlock[],
  cut: Pick<Cut, 'left'> | undefined,
  { home }: Messages,
): readonly KnownBlock[] {
  const left = cut?.left ?? 0;
  return [
    { type: 'divider' },
    header(home.headings[name]),
    ...(shown.length === 0 ? [context(home.empty[name])] : shown),
    ...(left === 0 ? [] : [context(home.more(left))]),
  ];
}
