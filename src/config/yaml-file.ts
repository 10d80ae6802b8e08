/** YAML (so JSON too) read by a schema, with the line and column of everything that is wrong. */
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
  type YAMLError,
} from 'yaml';
import type * as z from 'zod';
import type { Checked, Problem } from './config.ts';
import { suggestionFor } from './shapes.ts';

const LONGEST_SHOWN = 60;

/** @param name how the file is called in messages. @param schemaFor chosen by what is in the file. */
export function readYaml<T>(source: string, name: string, schemaFor: (data: unknown) => z.ZodType<T>): Checked<T> {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: false, version: '1.2' });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${name}:${line}:${col}`;
  };
  if (document.errors.length > 0) {
    // The first of its kind is the reason for all that follow.
    const tooDeep = document.errors.find(({ message }) => message.includes('call stack'));
    const errors = tooDeep === undefined ? document.errors : [tooDeep];
    return failed(errors.map((error) => ({ where: at(error.pos[0]), message: inWords(error) })));
  }
  const dangling: Problem[] = [];
  visit(document, {
    Alias(_key, alias) {
      if (alias.resolve(document) !== undefined) return;
      const where = at(alias.range?.[0] ?? 0);
      dangling.push({ where, message: `*${alias.source}: there is no &${alias.source} before it` });
    },
  });
  if (dangling.length > 0) return failed(dangling);
  let data: unknown;
  try {
    data = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    return failed([{ where: at(0), message: oneLine(error instanceof Error ? error.message : String(error)) }]);
  }

  const parsed = schemaFor(data).safeParse(data);
  if (parsed.success) return { ok: true, value: parsed.data };
  const problems = parsed.error.issues.flatMap((issue) => toProblems(issue, document, data));
  return failed(
    problems.sort((a, b) => a.offset - b.offset).map(({ offset, message }) => ({ where: at(offset), message })),
  );
}

const failed = (problems: readonly Problem[]) => ({ ok: false, problems }) as const;

interface PlacedProblem {
  readonly offset: number;
  readonly message: string;
}

function toProblems(issue: z.core.$ZodIssue, document: Document, data: unknown): PlacedProblem[] {
  const path = asWritten(issue.path, data);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      offset: offsetOf(document, [...path, key], 'key'),
      message: `${pathText([...path, key])}: unknown key, ${suggestionFor(key, issue.message)}`,
    }));
  }
  if (issue.code === 'invalid_union') {
    const meant = meantBy(issue.errors);
    if (meant.length > 0) {
      return meant.flatMap((inner) => toProblems({ ...inner, path: [...issue.path, ...inner.path] }, document, data));
    }
  }
  if (issue.code === 'invalid_key') {
    const said = issue.issues[0]?.message ?? 'expected another key';
    return [{ offset: offsetOf(document, path, 'key'), message: `${pathText(path)}: ${said}` }];
  }
  const value = valueAt(data, path);
  // What is wrong with several values together has no single one to show.
  const got = issue.code === 'custom' && typeof value === 'object' && value !== null ? '' : `, got ${show(value)}`;
  const message = `${path.length > 0 ? `${pathText(path)}: ` : ''}${issue.message}${got}`;
  return [{ offset: offsetOf(document, path, 'value'), message }];
}

/** What is wrong with a mapping as the one kind that it can be taken for: that with the fewest mistakes, all within it. */
function meantBy(kinds: readonly (readonly z.core.$ZodIssue[])[]): readonly z.core.$ZodIssue[] {
  const [best, next] = kinds
    .filter((issues) => issues.every(({ path }) => path.length > 0))
    .toSorted((one, other) => one.length - other.length);
  return best === undefined || best.length === next?.length ? [] : best;
}

/** The schema takes a single value for a list of one; the file has no `[0]` there. */
function asWritten(path: readonly PropertyKey[], data: unknown): (string | number)[] {
  const written: (string | number)[] = [];
  for (const segment of path) {
    if (typeof segment === 'symbol') continue;
    if (typeof segment === 'number' && !Array.isArray(valueAt(data, written))) continue;
    written.push(segment);
  }
  return written;
}

/** Where a path leads, or as far as it leads: a missing key is reported at the mapping that lacks it. */
function offsetOf(document: Document, path: readonly (string | number)[], what: 'key' | 'value'): number {
  let node: unknown = document.contents;
  let offset = start(node) ?? 0;
  for (const [depth, segment] of path.entries()) {
    if (isAlias(node)) node = node.resolve(document);
    if (isSeq(node)) {
      node = node.items[Number(segment)];
    } else if (isMap(node)) {
      const pair = node.items.find(({ key }) => String(isScalar(key) ? key.value : key) === String(segment));
      const last = depth === path.length - 1;
      offset = start(pair?.key) ?? offset;
      if (last && what === 'key') return offset;
      node = pair?.value;
    } else {
      return offset;
    }
    if ((node as Node | null)?.range === undefined) return offset;
    offset = start(node) ?? offset;
  }
  return offset;
}

function start(node: unknown): number | undefined {
  return (node as Node | null | undefined)?.range?.[0];
}

function valueAt(data: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((value, segment) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, segment)) return undefined;
    return (value as Record<string | number, unknown>)[segment];
  }, data);
}

/** `rules[0].steps[0].required` */
function pathText(path: readonly (string | number)[]): string {
  const plain = (key: string) => (/^[\w-]+$/.test(key) ? key : show(key));
  return path
    .map((segment, index) =>
      typeof segment === 'number' ? `[${segment}]` : `${index > 0 ? '.' : ''}${plain(segment)}`,
    )
    .join('');
}

function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object' && value !== null)
    return Object.keys(value).length === 0 ? 'an empty mapping' : 'a mapping';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}

function inWords({ code, message }: YAMLError): string {
  if (code === 'MULTIPLE_DOCS') return 'expected one document, and --- starts another';
  return message.includes('call stack') ? 'nested too deeply' : oneLine(message);
}

function oneLine(message: string): string {
  return message.split(/[\r\n]/)[0]?.trim() || 'cannot be read';
}
