/** What people paste around an id: blanks, quotes, backticks, a comma. */

export function tidy(typed: string): string {
  return typed.replace(/^[\s`'"“”‘’<(]+|[\s`'"“”‘’>),;]+$/g, '');
}
