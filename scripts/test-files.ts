/**
 * The words that a test file may have in its name before `.test.ts`, and what each lets it use. A file without such a word
 * is quick: it needs Node and the sources, and takes no more than a second or two.
 */
export const testWords = {
  /** It runs what `npm run build` made, as users of the package would; also beside other programs of the machine. */
  built: ['the build'],
  /** It opens a page in a real browser. */
  browser: ['the build', 'a browser'],
  /** It needs a NATS server. */
  nats: ['the build', 'a NATS server'],
  /** It takes its time: real clocks, many threads or processes, a campaign. */
  slow: [],
  /** It changes what its whole process may do, which others in the same process would meet: it has a process of its own. */
  apart: [],
  /** It must be alone, or takes minutes: `npm run test:long`. */
  long: ['the build', 'a browser', 'a NATS server'],
} as const;

type Word = keyof typeof testWords;

/** What a test file has to ask for by its name. */
export type Need = (typeof testWords)[Word][number];

/** @returns a glob of the test files that have one of these words. */
export const withWord = (...words: Word[]): string =>
  `test/**/*.${words.length === 1 ? words[0] : `{${words.join(',')}}`}.test.ts`;

/** Of every test file that has a word. */
export const withAnyWord = withWord('built', 'browser', 'nats', 'slow', 'apart', 'long');

const partsOf = (file: string) => /([^/]+?)(?:\.(\w+))?\.test\.ts$/.exec(file) ?? [];
const wordsFor = (need: Need) =>
  Object.entries(testWords).flatMap(([word, needs]) => (needs.some((one) => one === need) ? [word] : []));

/** @returns whether the name of this test file says that it needs this. */
export const isNamedFor = (need: Need, file: string): boolean =>
  wordsFor(need).includes(partsOf(file)[2] ?? '');

/** @throws when the name of this test file does not say that it needs this. */
export function assertNamedFor(need: Need, file: string): void {
  if (isNamedFor(need, file)) return;
  const [, name = file] = partsOf(file);
  throw new Error(
    `${name}.test.ts uses ${need}, and its name does not say so: call it ${name}.${wordsFor(need)[0]}.test.ts (docs/testing.md).`,
  );
}
