/** docs/policy.md: each recipe is a whole config file whose examples hold and whose claims are proved, and no key is left out. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { policyFindings } from '../../src/cli/policy-findings.ts';
import type { WorkspaceConfig } from '../../src/config/config.ts';
import { readConfigFile } from '../../src/config/config-file.ts';
import { readPolicyExamples } from '../../src/config/policy-examples.ts';
import { rule as ruleSchema } from '../../src/config/rule-schema.ts';
import { CLAIM_GRAMMAR, parseClaim } from '../../src/domain/policy/analysis/claim.ts';
import { tryExample } from '../../src/domain/policy/analysis/explain.ts';
import { provedNever } from '../../src/domain/policy/analysis/never.ts';

const page = readFileSync('docs/policy.md', 'utf8');
const recipes = page
  .slice(page.indexOf('\n## Recipes'))
  .split('\n### ')
  .slice(1)
  .map((text) => ({ title: text.split('\n')[0] ?? '', yaml: blocks(text, 'yaml'), sh: blocks(text, 'sh').join('\n') }));

function blocks(text: string, language: string): readonly string[] {
  return [...text.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, block]) => block ?? '');
}

function read(config: string): WorkspaceConfig {
  const found = readConfigFile(config, 'recipe');
  if (!found.ok || found.value.kind !== 'single') throw new Error(JSON.stringify(found));
  return found.value.workspace;
}

it('has ten recipes, each a config file, its examples, and claims', () => {
  expect(recipes).toHaveLength(10);
  for (const { yaml, sh } of recipes) {
    expect(yaml).toHaveLength(2);
    expect(sh).toContain('--never');
  }
});

describe.each(recipes)('$title', ({ yaml: [config = '', examples = ''], sh }) => {
  it('has nothing wrong with it', () => {
    const { rules, accounts } = read(config);
    const found = policyFindings(
      rules,
      accounts.map(({ name }) => name),
    );
    expect(found).toEqual([]);
  });

  it('does what its examples say', () => {
    const { rules, accounts } = read(config);
    const names = { accounts: accounts.map(({ name }) => name), rules: rules.map(({ name }) => name) };
    const told = readPolicyExamples(examples, 'examples', names);
    if (!told.ok) throw new Error(JSON.stringify(told.problems));
    expect(told.value.length).toBeGreaterThan(1);
    for (const example of told.value)
      expect(tryExample(rules, example), JSON.stringify(example)).toMatchObject({ holds: true });
  });

  it('never does what it must not', () => {
    const { rules, accounts } = read(config);
    const names = accounts.map(({ name }) => name);
    const claims = [...sh.matchAll(/--never "([^"]+)"/g)].map(([, claim]) => claim ?? '');
    for (const text of claims) {
      const parsed = parseClaim(text, names);
      if (!parsed.ok) throw new Error(`${text}: ${JSON.stringify(parsed)}`);
      expect(provedNever(rules, names, parsed.claim), text).toMatchObject({ kind: 'proved' });
    }
  });
});

describe('the page', () => {
  it('has a row for each key of a rule and of its match', () => {
    const keys = Object.keys(ruleSchema.shape);
    expect(keys.length).toBeGreaterThan(10);
    expect(keys.filter((key) => !page.includes(`\n| \`${key}\` |`))).toEqual([]);
    const matchKeys = Object.keys(ruleSchema.shape.match.unwrap().shape);
    expect(matchKeys.filter((key) => !page.includes(`\n| \`${key}\` |`))).toEqual([]);
  });

  it('has the grammar of claims, as the help has it', () => {
    expect(page).toContain(CLAIM_GRAMMAR.trimEnd());
  });
});
