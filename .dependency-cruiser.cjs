/** Which room may import which: `npm test` fails on a breach, and if nothing was looked at. */

const ANY_OF_OURS = '^(src|sandbox|test|scripts|bench)/';

/** @param {string} name @param {string} comment @param {object} from @param {object} to */
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** Our own code that `room` may not import: everything but `allowed`. */
const onlyOurs = (allowed) => ({ path: ANY_OF_OURS, pathNot: `^src/(${allowed})(/|\\.ts$)` });

const IO_PACKAGES = 'node_modules/(@slack|@alicloud|ioredis|bullmq|undici|pino|prom-client|yaml|tsx)(/|$)';

module.exports = {
  forbidden: [
    forbid('domain-imports-domain', 'The domain is pure.', { path: '^src/domain/' }, onlyOurs('domain')),
    forbid(
      'domain-has-no-io',
      'Deciding is pure: no clock, no network, no files. Hashing is pure.',
      { path: '^src/domain/' },
      { dependencyTypes: ['core', 'npm'], pathNot: '^(node:)?crypto$' },
    ),
    forbid(
      'application-imports-domain',
      'The application knows the outside through its own ports only.',
      { path: '^src/application/' },
      onlyOurs('domain|application'),
    ),
    forbid(
      'application-has-no-io',
      'What talks to the outside is an adapter.',
      { path: '^src/application/' },
      { path: IO_PACKAGES },
    ),
    forbid(
      'application-has-no-io-of-node',
      'What talks to the outside is an adapter.',
      { path: '^src/application/' },
      {
        dependencyTypes: ['core'],
        path: '^(node:)?(fs|net|http|https|http2|tls|dns|dgram|child_process|worker_threads)(/|$)',
      },
    ),
    forbid(
      'adapters-import-inwards',
      'An adapter gets its settings as arguments, not from the config.',
      { path: '^src/adapters/' },
      onlyOurs('domain|application|messages|adapters'),
    ),
    forbid(
      'adapters-are-strangers',
      'Adapters meet in compose.ts only.',
      { path: '^src/adapters/([^/]+)/' },
      { path: '^src/adapters/', pathNot: '^src/adapters/$1/' },
    ),
    forbid(
      'config-imports-domain',
      'The config is read before anything is built.',
      { path: '^src/config/' },
      onlyOurs('domain|config'),
    ),
    forbid(
      'messages-import-domain',
      'Sentences are made of facts.',
      { path: '^src/messages/' },
      onlyOurs('domain|messages'),
    ),
    forbid(
      'adapters-are-built-in-one-place',
      'Only the files directly in src, such as compose.ts, and the command line know which adapter stands behind a port.',
      { path: '^src/', pathNot: '^src/(adapters/|cli/|[^/]+\\.ts$)' },
      { path: '^src/adapters/' },
    ),
    forbid(
      'src-stands-alone',
      'The bot does not know its sandbox or its tests.',
      { path: '^src/' },
      { path: '^(sandbox|test|scripts|bench)/' },
    ),
    forbid(
      'sandbox-speaks-protocols-only',
      'A stand-in that shares code with what it tests agrees with it by construction.',
      { path: '^sandbox/' },
      { path: '^(src|test|bench)/' },
    ),
    forbid(
      'runs-without-dev-dependencies',
      'The bot and the sandbox are installed without the development dependencies.',
      { path: '^(src|sandbox)/' },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only', 'npm'] },
    ),
    forbid(
      'the-bot-draws-nothing',
      'What the page of the sandbox needs is none of the bot’s business.',
      { path: '^src/' },
      { path: 'node_modules/(preact|gemoji|slack-message-parser|esbuild)(/|$)' },
    ),
    forbid(
      'packages-are-declared',
      'A package that is imported stands in package.json.',
      {},
      { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    ),
    forbid('everything-resolves', 'An import that leads nowhere.', {}, { couldNotResolve: true }),
    forbid('no-cycles', 'A cycle is one module in several files.', {}, { circular: true }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|coverage)/' },
    tsPreCompilationDeps: true,
    detectProcessBuiltinModuleCalls: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.mjs', '.cjs', '.js', '.json', '.d.ts'],
    },
  },
};
