/** References to tests in documents and lists, which must not outlive the tests. */
import { existsSync, readFileSync } from 'node:fs';

/** What is wrong with a reference, such as `test/x.test.ts "title"`; nothing when the test is there. */
export function missingTest(testedBy: string): string | undefined {
  const [, file = '', title = ''] = /^(test\/\S+\.test\.ts) "([^"]+)"$/.exec(testedBy) ?? [];
  if (file === '') return `not a file and a title: ${testedBy}`;
  if (!existsSync(file)) return `no such file: ${file}`;
  const text = readFileSync(file, 'utf8');
  return [`'${title}'`, `"${title}"`, `\`${title}\``].some((quoted) => text.includes(quoted))
    ? undefined
    : `no test of ${file} is called: ${title}`;
}
