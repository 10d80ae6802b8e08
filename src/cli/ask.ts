/** Questions and answers on a terminal, or through a pipe. */
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/** There are no more answers: the pipe ended, or somebody pressed Ctrl-D or Ctrl-C. */
export class NoMoreAnswers extends Error {
  override readonly name = 'NoMoreAnswers';
}

export interface Asker {
  say(text: string): void;
  /** @returns without blanks around it; the fallback for an empty line. @throws {NoMoreAnswers} */
  ask(question: string, fallback?: string): Promise<string>;
  /** Shows nothing of what is typed. */
  askSecret(question: string): Promise<string>;
  confirm(question: string, fallback: boolean): Promise<boolean>;
  /** Again until the answer makes a value. @param read says what is wrong by a text. */
  askUntil<T>(
    question: string,
    read: (typed: string) => Answered<T> | Promise<Answered<T>>,
    fallback?: string,
  ): Promise<T>;
  close(): void;
}

export type Answered<T> = { readonly value: T } | { readonly wrong: string };

export function createAsker(input: NodeJS.ReadStream, output: NodeJS.WriteStream): Asker {
  let silent = false;
  const terminal = input.isTTY === true && output.isTTY === true;
  const shown = new Writable({
    write(chunk, encoding, done) {
      // At once, so that nothing waits here until it is silent.
      if (!silent) output.write(chunk, encoding);
      done();
    },
  });
  const lines = createInterface({ input, output: shown, terminal });
  // A queue: a pipe brings many lines before the second question is asked.
  const answers = lines[Symbol.asyncIterator]();

  const next = async (): Promise<string> => {
    const { value, done } = await answers.next();
    if (done === true) throw new NoMoreAnswers('there are no more answers');
    if (!terminal) output.write('\n');
    return String(value).trim();
  };
  /** Known to readline, which draws the line again at each backspace. */
  const prompt = (text: string): void => {
    lines.setPrompt(text);
    lines.prompt();
  };
  const asker: Asker = {
    say: (text) => void output.write(`${text}\n`),
    async ask(question, fallback) {
      prompt(fallback === undefined ? `${question}: ` : `${question} [${fallback}]: `);
      const typed = await next();
      return typed === '' ? (fallback ?? '') : typed;
    },
    async askSecret(question) {
      prompt(`${question}: `);
      silent = true;
      try {
        return await next();
      } finally {
        silent = false;
        if (terminal) output.write('\n');
      }
    },
    confirm: (question, fallback) =>
      asker.askUntil(`${question} (${fallback ? 'Y/n' : 'y/N'})`, (typed) => {
        if (typed === '') return { value: fallback };
        if (/^y(es)?$/i.test(typed)) return { value: true };
        return /^no?$/i.test(typed) ? { value: false } : { wrong: 'Expected y or n.' };
      }),
    async askUntil(question, read, fallback) {
      for (;;) {
        const answered = await read(await asker.ask(question, fallback));
        if ('value' in answered) return answered.value;
        asker.say(answered.wrong);
      }
    },
    close: () => lines.close(),
  };
  return asker;
}
