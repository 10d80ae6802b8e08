/** Serves the page: its code, what it knows as a stream, and what people do on it. Nobody but this machine is served. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isCreate } from '../alibaba-cloud/is-create.ts';
import type { LogLine } from '../bot-process.ts';
import type { Stage } from '../stage.ts';
import { perform } from './acts.ts';
import { BotKeeper } from './bot-keeper.ts';
import { Breakage } from './breakage.ts';
import { bundle } from './bundle.ts';
import { Chronicle, type Sight } from './chronicle.ts';
import { gallery, type Wanted } from './gallery.ts';
import { cloudFacts, endpointsOf, type Facts, slackFacts, tell } from './scene.ts';
import type { Patch } from './wire.ts';

/** Changes this close together are told at once. */
const GATHER_MS = 25;
/** What changes without anybody saying so, such as a connection's status, is looked at this often. */
const LOOK_MS = 250;
const MOST_BODY = 100_000;
/** The browser itself refuses to load or to call anything else. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'";

const HTML = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Acme – vpc-endpoint-bot sandbox</title>
<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='4' fill='%234a154b'/%3E%3Cpath d='M4 8h8M8 4v8' stroke='white' stroke-width='2'/%3E%3C/svg%3E">
<link rel="stylesheet" href="/app.css">
<script type="module" src="/app.js"></script>
</head>
<body><div id="app"></div><noscript>This page needs JavaScript.</noscript></body>
</html>
`;

export interface Page {
  readonly url: string;
  /** Hands on what the bot logs. */
  hear(line: LogLine): void;
  stop(): Promise<void>;
}

/** @param port that is taken when it is free; otherwise, and for 0, another. */
export async function openPage(stage: Stage, port = 0): Promise<Page> {
  const { slack, cloud } = stage;
  slack.log.keepPayloads = true;
  const code = await bundle();
  const chronicle = new Chronicle();
  const breakage = new Breakage(slack, cloud);
  const keeper = new BotKeeper(stage, () => slack.workspace.changed());
  const watchers = new Set<{ readonly response: ServerResponse; told: ReadonlyMap<string, string> }>();
  let aheadMs = 0;
  let gathering: NodeJS.Timeout | undefined;

  function look(): Sight {
    const now = Date.now();
    const { messages } = slack.workspace;
    const sight = { now, messages, endpoints: endpointsOf(cloud, now), creates: cloud.calls.filter(isCreate) };
    chronicle.look(sight);
    return sight;
  }

  function facts({ endpoints, creates }: Sight): ReadonlyMap<string, string> {
    const all: Facts = new Map();
    slackFacts(slack, all);
    cloudFacts(cloud, endpoints, all);
    chronicle.facts(all);
    tell(all, 'bot', 'state', keeper.state);
    tell(all, 'clock', 'ahead', { aheadMs });
    tell(all, 'tally', 'all', { creates: creates.length });
    for (const state of breakage.states()) tell(all, 'switch', state.name, state);
    return new Map([...all].map(([key, fact]) => [key, JSON.stringify(fact)]));
  }

  function publish(): void {
    gathering = undefined;
    // How things were is kept also while nobody looks.
    const sight = look();
    if (watchers.size === 0) return;
    const known = facts(sight);
    for (const watcher of watchers) {
      const patch = patchOf(watcher.told, known);
      if (patch !== undefined) watcher.response.write(`data: ${patch}\n\n`);
      watcher.told = known;
    }
  }
  const soon = () => {
    gathering ??= setTimeout(publish, GATHER_MS);
  };
  const quiet = slack.workspace.changes.on(soon);
  const looking = setInterval(soon, LOOK_MS);

  function watch(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    const watcher = { response, told: new Map<string, string>() };
    watchers.add(watcher);
    response.once('close', () => watchers.delete(watcher));
    publish();
  }

  const hands = {
    slack,
    cloud,
    breakage,
    kill: () => keeper.kill(),
    async advance(ms: number) {
      await stage.advance(ms);
      aheadMs += ms;
      soon();
    },
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const send = (type: string, body: string, status = 200) =>
      response
        .writeHead(status, { 'content-type': `${type}; charset=utf-8`, 'content-security-policy': POLICY })
        .end(body);
    // A page elsewhere, under a name that leads here, is not served either.
    if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(request.headers.host ?? ''))
      return void send('text/plain', 'Not here.', 403);
    switch (`${request.method} ${request.url?.split('?')[0]}`) {
      case 'GET /':
      case 'GET /gallery':
        return void send('text/html', HTML);
      case 'GET /app.js':
        return void send('text/javascript', code.script);
      case 'GET /app.css':
        return void send('text/css', code.style);
      case 'GET /facts':
        return watch(response);
      case 'GET /gallery.json':
        return void send('application/json', await gallery(wantedIn(request.url ?? '')));
      case 'POST /act': {
        // A form of another page could send anything but this.
        if (request.headers['content-type'] !== 'application/json') return void send('text/plain', 'JSON only.', 415);
        const asked = parsed(await bodyOf(request));
        if (asked === undefined) return void send('text/plain', 'That is not JSON.', 400);
        return void send('application/json', JSON.stringify(await perform(asked, hands)));
      }
    }
    send('text/plain', 'Nothing here.', 404);
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
      response.end(String(error));
    });
  });
  const listen = (wanted: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(wanted, '127.0.0.1', () => {
        server.off('error', reject);
        resolve();
      });
    });
  await listen(port).catch(() => listen(0));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    hear(line) {
      chronicle.hear(line, keeper.state.lives);
      soon();
    },
    async stop() {
      quiet();
      clearInterval(looking);
      clearTimeout(gathering);
      server.closeAllConnections();
      await Promise.all([keeper.stop(), new Promise((resolve) => server.close(resolve))]);
    },
  };
}

function wantedIn(url: string): Wanted {
  const { searchParams } = new URL(url, 'http://localhost');
  const asked = (name: string) => searchParams.get(name) ?? '';
  return { locale: asked('locale'), text: asked('text'), surface: asked('surface') };
}

function patchOf(told: ReadonlyMap<string, string>, known: ReadonlyMap<string, string>): string | undefined {
  const set = [...known].filter(([key, fact]) => told.get(key) !== fact);
  const gone: Patch['gone'] = [...told.keys()].filter((key) => !known.has(key));
  if (set.length === 0 && gone.length === 0) return undefined;
  const body = set.map(([key, fact]) => `${JSON.stringify(key)}:${fact}`).join(',');
  return `{"set":{${body}},"gone":${JSON.stringify(gone)}}`;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > MOST_BODY) throw new Error('too much');
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}
