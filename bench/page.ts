/** The page about the comparison: the words stand here, and every figure in it comes out of a run. */
import { aimLine, aimsOf } from './aims.ts';
import type { BenchResult } from './bench.ts';
import { CALLS_AT_ONCE } from './calls.ts';
import { machine, versions } from './machine.ts';
import { AWAY_MS } from './measures.ts';
import { markdown, tableOf } from './table.ts';

export async function page(result: BenchResult): Promise<string> {
  const { measured, options, loadBefore } = result;
  const { rounds, samples, starts, warmUp, calls, troubled } = options;
  const redis = measured[0]?.rounds[0]?.redisVersion ?? 'Redis';
  const contestants = measured.map(({ contestant: { name, is } }) => `- **${name}**: ${is}.`);
  return `# Benchmarks

\`npm run bench\` lets this bot and four others do the same job in one run, on the same stand-ins for Slack and Alibaba Cloud. This page is written by \`npm run bench -- --write\`, and no figure in it by hand.

${contestants.join('\n')}

All are in \`bench\`, and all are started with the same environment, over HTTP, in one bundle each that the same settings made. The rivals are meant to be what a competent developer would write with what they are built on, and each has to pass the same happy journey in \`npm test\`. Differences that remain: the Chat SDK has no menu of conversations for a form and puts no metadata on a message, so **chat-sdk** posts the result where the command was typed, and cannot find a message again; **naive** and **chat-sdk** check nothing before they ask or create.

${markdown(tableOf(result))}

Milliseconds stand as “half of all samples within / 99 % of them within”; the rest are medians. A dash: it does no such thing.

## The aims

Each is the median, over the rounds, of the ratio of two medians of the same round.

${aimsOf(result)
  .map((aim) => `- ${aimLine(aim)}.`)
  .join('\n')}

## Where it loses, and why

${WHERE_IT_LOSES}

## How it was measured

- **When**: ${new Date().toISOString().slice(0, 10)}.
- **Machine**: ${machine()}. The stand-ins and the people share one process; the bot, Redis and that process share the cores. Load average before it began: ${loadBefore.toFixed(2)}.
- **Versions**: ${measured.length === 0 ? '' : await versions(redis)}.
- **Rounds**: ${rounds}, in each of which every contestant has its turn, with a fresh process and a Redis of its own (append-only file, synced on every write). ${starts} starts and ${samples} samples of each measure and each crowd in every round, after ${warmUp} that nobody counts.
- **slash → ack**: from sending the command until its answer has arrived, over a new connection, as Slack opens one; the next command is sent when the form, or an answer, is there. **click → ack**: the same for *Approve*. **click → create**: until the create has arrived at the cloud. **click → domain**: until the message with the domain is in its channel. The next request begins when the domain is there; with 1 in flight, when the bot has fallen silent besides.
- **${AWAY_MS} ms away**: the same with a network between the bot and what it calls, on which every byte is under way for ${AWAY_MS / 2} ms and a new connection takes a way there and back; in a process and on a Redis of their own, with half as many samples of 1 in flight. Redis and the people stay near.
- **start → ready**: from the start of the process until it says so. Redis is up by then.
- **For a request**: what one costs with 16 in flight, from the form until the bot falls silent: the processor’s time of its process, and its calls by the stand-ins’ own books.
- **Memory**: the resident set of the process after all of that.
- **Calls**: ${calls} times ListVpcEndpoints of one page, ${CALLS_AT_ONCE} at a time, by one client in a fresh process with its packages as they are installed. The local cloud checks the signature of each client’s first calls; those that are counted are answered by a server that looks at nothing, so that the client is what is measured. **Cold start**: from the start of that process until the client’s code is loaded.
- **Wrong outcomes**: ${troubled} requests for each kind of trouble, counted from the stand-ins’ own books once the bot has done what it will ever do: more than one create, not exactly one endpoint, buttons left on the card, a click without any answer, no domain or no final card. Whoever still sees a button after the restart presses it again.
- This bot leaves 100 ms between two creates of an account unless told otherwise (\`create_spacing\`); here it is told to leave none, as no rival does.
`;
}

const WHERE_IT_LOSES = `- **click → create and click → domain**, against the naive handlers. Before a create is sent, the bot has stored the click, the decision and the claim, each of it durable before the next step; has checked instance, service, zone and list in the cloud once more; and has taken its place among the account’s creates. The others send at once. That is the price of knowing afterwards, whatever happened, what was sent. On one machine, where nothing else takes time, it is most of what one waits for; the rows with Slack and the cloud ${AWAY_MS} ms away say what is left of it behind a network ([ADR 16](adr/0016-what-the-aims-came-to.md)).
- **16 in flight.** The rows “for a request” say how much of a core each request takes: the card is kept up to date, the thread has every step, the requester and the audit channel are told. A second process on the same Redis takes half of it.
- **Calls a second**, against the official client. Most of a call is HTTP itself: the rows with undici alone, which neither signs nor checks what comes back, say how much, and how little is left to be gained ([ADR 16](adr/0016-what-the-aims-came-to.md)).
- **Start and memory.** A queue, a validator, metrics and two languages are loaded before anything is done, and the lists of the form are kept.`;
