/** Reads a command's options and arguments; whatever is too much, too little or unknown is said. */
import { type ParseArgsConfig, parseArgs } from 'node:util';

type Parsed<T extends ParseArgsConfig> =
  | { readonly ok: true; readonly values: ReturnType<typeof parseArgs<T>>['values']; readonly args: readonly string[] }
  | { readonly ok: false; readonly said: string };

/** @param takes how many arguments stand beside the options. */
export function readOptions<const T extends NonNullable<ParseArgsConfig['options']>>(
  given: readonly string[],
  options: T,
  takes = 0,
): Parsed<{ options: T; allowPositionals: true }> {
  try {
    const { values, positionals } = parseArgs({ args: [...given], options, allowPositionals: true });
    if (positionals.length > takes) return { ok: false, said: `${positionals[takes]}: not understood` };
    if (positionals.length < takes) return { ok: false, said: 'something is missing' };
    return { ok: true, values, args: positionals };
  } catch (error) {
    return { ok: false, said: error instanceof Error ? error.message : String(error) };
  }
}
