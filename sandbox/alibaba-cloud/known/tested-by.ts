/** Names the tests that show what the local Alibaba Cloud plays. */

const FOLDER = 'test/adapters/alibaba-cloud';

export const inFile =
  (file: string) =>
  (title: string): string =>
    `${FOLDER}/${file}.test.ts "${title}"`;

export const officialSdk = inFile('official-sdk');
export const officialClient = inFile('official-client');
export const localCloud = inFile('local-cloud');
export const account = inFile('account');
export const answers = inFile('answers');
export const connections = inFile('connections');

/** One test turns every switch. */
export const BY_SWITCH = inFile('switches')('is read either way: %s');
