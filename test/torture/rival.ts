/** Where the naive rival is started from. */
export const RIVAL = 'bench/naive/main.ts';
