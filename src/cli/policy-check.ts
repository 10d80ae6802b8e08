/** `policy check`: whether the policy is whole, does what its examples say, and never does what it must not. */
import { existsSync } from 'node:fs';
import type { Problem, WorkspaceConfig } from '../config/config.ts';
import { type NamedExample, readPolicyExamples } from '../config/policy-examples.ts';
import { readText } from '../config/read-text.ts';
import { nearest } from '../config/values.ts';
import { type Claim, parseClaim } from '../domain/policy/analysis/claim.ts';
import { tryExample } from '../domain/policy/analysis/explain.ts';
import { provedNever } from '../domain/policy/analysis/never.ts';
import { EXIT_MISUSED, misused } from './misused.ts';
import { readOptions } from './options.ts';
import { type CheckedClaim, type Checks, checksJson, checksText, isFine } from './policy-check-report.ts';
import { EXIT_WRONG, openPolicyFile, problemsText } from './policy-file.ts';
import { type PolicyFinding, policyFindings } from './policy-findings.ts';
import { listed } from './policy-words.ts';

interface Wanted {
  readonly examples?: string | undefined;
  readonly never: readonly string[];
  readonly json: boolean;
}

/** @returns the exit status. */
export async function policyCheck(given: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<number> {
  const read = readOptions(given, {
    examples: { type: 'string' },
    never: { type: 'string', multiple: true },
    workspace: { type: 'string' },
    json: { type: 'boolean' },
  });
  if (!read.ok) return misused(read.said, 'policy check');
  const wanted = { examples: read.values.examples, never: read.values.never ?? [], json: read.values.json === true };
  const file = await openPolicyFile(env, read.values.workspace);
  if (!file.ok) {
    return file.misused === undefined
      ? wrong(file.problems, file.status, wanted)
      : misused(file.misused, 'policy check');
  }
  const claims = readClaims(wanted.never, file.workspace);
  if (typeof claims === 'string') return misused(claims, 'policy check');
  return await check(file.name, file.workspace, claims, wanted);
}

interface NamedClaim {
  readonly text: string;
  readonly claim: Claim;
}

async function check(
  configFile: string,
  { rules, accounts }: WorkspaceConfig,
  claims: readonly NamedClaim[],
  wanted: Wanted,
): Promise<number> {
  const names = accounts.map(({ name }) => name);
  const findings: readonly PolicyFinding[] = policyFindings(rules, names);
  const examplesFile = wanted.examples ?? examplesBeside(configFile);
  let examples: readonly NamedExample[] | undefined;
  if (wanted.examples !== undefined || existsSync(examplesFile)) {
    const text = await readText(examplesFile);
    if (!text.ok) return wrong(text.problems, EXIT_MISUSED, wanted);
    const read = readPolicyExamples(text.value, examplesFile, {
      accounts: names,
      rules: rules.map(({ name }) => name),
    });
    if (!read.ok) return wrong(read.problems, EXIT_WRONG, wanted);
    examples = read.value;
  }
  const checks: Checks = {
    configFile,
    counts: { rules: rules.length, accounts: names.length },
    findings,
    ...(examples && {
      examples: {
        file: examplesFile,
        tried: examples.map((each) => ({ example: each, got: tryExample(rules, each) })),
      },
    }),
    claims: claims.map(({ text, claim }): CheckedClaim => ({ text, verdict: provedNever(rules, names, claim) })),
  };
  process.stdout.write(wanted.json ? checksJson(checks) : checksText(checks));
  return isFine(checks) ? 0 : EXIT_WRONG;
}

/** `vpc-endpoint.yml` has `vpc-endpoint.examples.yml`. */
function examplesBeside(configFile: string): string {
  return `${configFile.replace(/\.(ya?ml|json)$/, '')}.examples.yml`;
}

function wrong(problems: readonly Problem[], status: number, { json }: Wanted): number {
  if (json) process.stdout.write(`${JSON.stringify({ ok: false, problems }, null, 2)}\n`);
  else process.stderr.write(problemsText(problems));
  return status;
}

/** @returns what is wrong, if one of them is not understood. */
function readClaims(texts: readonly string[], { accounts }: WorkspaceConfig): readonly NamedClaim[] | string {
  const claims: NamedClaim[] = [];
  for (const text of texts) {
    const parsed = parseClaim(
      text,
      accounts.map(({ name }) => name),
    );
    if (!parsed.ok) return notUnderstood(text, parsed);
    claims.push({ text, claim: parsed.claim });
  }
  return claims;
}

function notUnderstood(text: string, { at, expected }: { readonly at: number; readonly expected: readonly string[] }) {
  const word = /^\S+/.exec(text.slice(at))?.[0];
  const meant = word === undefined ? undefined : nearest(word, expected);
  const hint = meant === undefined ? '' : ` (did you mean ${meant}?)`;
  const line = text.replace(/\s/g, ' ');
  return `this claim is not understood:\n\n  ${line}\n  ${' '.repeat(at)}^ expected ${listed(expected, 'or')}${hint}`;
}
