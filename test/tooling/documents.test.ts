/** The documents against the project: the API page's table, every file that is named, every variable and command. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { usage } from '../../src/cli/usage.ts';
import { messagesFor } from '../../src/messages/messages-for.ts';
import { CREATE_VPC_ENDPOINT, CREATE_VPC_ENDPOINT_SAMPLE } from '../fixtures/create-vpc-endpoint.ts';
import { sourceFiles } from '../support/source-files.ts';

const readme = readFileSync('README.md', 'utf8');

interface Row {
  readonly page: string;
  readonly file: string;
}

/** The rows of the API page's table: what stands on the page, and the file where it is in the bot. */
const rows: readonly Row[] = readme
  .slice(readme.indexOf('## The API page'), readme.indexOf('## How it can be sure'))
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| on the page'))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, page = '', , file = '']) => ({ page, file: file.replaceAll('`', '') }));

const { parameters, reply, method, path } = CREATE_VPC_ENDPOINT;
const HEADERS = [
  'x-acs-action',
  'x-acs-version',
  'x-acs-date',
  'x-acs-signature-nonce',
  'x-acs-content-sha256',
  'x-acs-security-token',
];

/** What must have a row, and what the row's file must contain for the row to be true. */
const ON_THE_PAGE: readonly (readonly [string, RegExp])[] = [
  [`\`${method} ${path}\``, /vpc-endpoints/],
  ...parameters.path.map((name) => [`path \`${name}\``, /instance/] as const),
  ['query `ClientToken`', /clientToken/],
  ['query `dryRun`', /dryRun/],
  ['body `serviceId`', /service/],
  ['body `zoneId`', /zones/],
  ...HEADERS.map((name) => [`header \`${name}\``, new RegExp(`'${name}'`)] as const),
  ['reply `RequestId`', /requestId/],
  ['reply `Result.endpointDomain`', /domain/],
  ['reply `Result.endpointId`', /endpoint/],
  ['reply `Result.endpointName`', /name/],
  ['reply `Result.serviceId`', /serviceId/],
  ['the sample', /\*/],
  ['error codes', /InstanceNotFound/],
];

describe('the table of the API page', () => {
  it.each(ON_THE_PAGE)('has a row for %s, and the row is true', (page, proof) => {
    const row = rows.find((each) => each.page.startsWith(page));
    expect(row, page).toBeDefined();
    expect(readFileSync(String(row?.file), 'utf8')).toMatch(proof);
  });

  it('has a row for every parameter and every field of the page, and no other', () => {
    const told = rows.map(({ page }) => page).join('\n');
    const names = [...parameters.path, ...parameters.query, ...parameters.body, ...reply.result, 'RequestId'];
    for (const name of names) expect(told).toContain(name);
    expect(rows).toHaveLength(ON_THE_PAGE.length);
  });

  it('speaks of a sample without masks, in which the reply’s service is another one', () => {
    expect(JSON.stringify(CREATE_VPC_ENDPOINT_SAMPLE)).not.toContain('*');
    const { request, reply: answer } = CREATE_VPC_ENDPOINT_SAMPLE;
    expect(answer.Result.serviceId).not.toBe(request.body.serviceId);
    expect(answer.Result.endpointDomain).toContain(request.body.serviceId);
  });
});

/** Of each table, row by row: what is code in the first cell, and the files that it names. */
function tablesOf(markdown: string): readonly (readonly string[])[] {
  const tables = markdown.match(/(?:^ *\|.*\n)+/gm) ?? [];
  return tables.map((table) =>
    table
      .trim()
      .split('\n')
      .slice(2)
      .map((row) => {
        const [, first = '', ...others] = row.split('|');
        const code = first.match(/`[^`]+`/g) ?? [];
        return [...code, ...(others.join('|').match(/`src\/[^`]+`/g) ?? [])].join(' ');
      }),
  );
}

describe('the documents', () => {
  const documents = ['README.md', 'README.zh-CN.md', 'CONTRIBUTING.md', 'docs/architecture.md', 'docs/glossary.md'];

  it.each(documents)('%s names only files that are there', (document) => {
    const named = [
      ...readFileSync(document, 'utf8').matchAll(/(?<![\w/])(?:src|test|sandbox|docs|scripts)\/[\w./-]*\w/g),
    ];
    expect(named.map(([file]) => file).filter((file) => !existsSync(file))).toEqual([]);
  });

  it('the README’s table of variables is that of the code', () => {
    const code = readFileSync('src/config/environment.ts', 'utf8');
    const known = [...code.matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(([, name]) => String(name));
    const told = readme.slice(readme.indexOf('## Environment'), readme.indexOf('## Commands in Slack'));
    // Checked already; without effect, or refused with a sentence, until what they are for is there.
    const later = ['SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET', 'SLACK_STATE_SECRET', 'TOKEN_ENCRYPTION_KEY', 'AUDIT_KEY'];
    expect(known.length).toBeGreaterThan(10);
    expect(known.filter((name) => !told.includes(`\`${name}\``))).toEqual(later);
  });

  it('the README’s commands are those that the help names', () => {
    const told = [...readme.matchAll(/^\| `\/vpc-endpoint (\w+)/gm)].map(([, name]) => name);
    const helped = [
      ...messagesFor('en')
        .help.help('/vpc-endpoint')
        .matchAll(/`\/vpc-endpoint (\w+)/g),
    ].map(([, name]) => name);
    expect(told).toEqual(helped);
    for (const command of ['start', 'account resume', 'audit verify']) {
      expect(usage).toContain(`  ${command}`);
      expect(readme).toContain(`\`${command}`);
    }
  });

  it('the README in Chinese has the same tables: variables, scopes, commands, parameters, files', () => {
    const chinese = tablesOf(readFileSync('README.zh-CN.md', 'utf8'));
    expect(chinese.length).toBeGreaterThan(4);
    expect(chinese).toEqual(tablesOf(readme));
  });

  it('the README’s two languages lead to each other', () => {
    expect(readme).toContain('(README.zh-CN.md)');
    expect(readFileSync('README.zh-CN.md', 'utf8')).toContain('(README.md)');
  });

  it('nothing speaks of a machine or of where packages come from', () => {
    const texts = [...documents, 'CHANGELOG.md', 'package-lock.json', '.npmrc'].map((file) =>
      readFileSync(file, 'utf8'),
    );
    const sources = [...sourceFiles('src'), ...sourceFiles('sandbox')].map(({ text }) => text);
    for (const text of [...texts, ...sources]) expect(text).not.toMatch(/"resolved"|\/root\/|\/home\/\w+\//);
  });
});
