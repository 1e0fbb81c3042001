/** How the time of a reader grows with what it reads: ten times the text may cost ten times the time, not a hundred. */

export interface Reader {
  name: string;
  read: (text: string) => unknown;
}

export interface Growth {
  reader: string;
  /** What the text is made of. */
  atom: string;
  /** UTF-16 units of the longest text. */
  length: number;
  /** Time of that text, in ms. */
  ms: number;
  /** The time grows with this power of the length. */
  exponent: number;
}

const defaults = {
  /** Lengths of texts. The times of the first and of the last are compared. */
  lengths: [2 ** 13, 2 ** 16, 2 ** 19],
  /** Shorter times say nothing. */
  fromMs: 20,
  /** Texts that take longer are not made longer still. */
  enoughMs: 500,
  /** Between linear (1) and quadratic (2): what large memory costs is beyond what is read. */
  maxExponent: 1.6,
  /** The shortest of so many runs counts. */
  runs: 3,
} as const;

function timeOf({ read }: Reader, text: string, now: () => number): number {
  let shortest = Infinity;
  for (let run = 0; run < defaults.runs; run += 1) {
    const startedAt = now();
    read(text);
    shortest = Math.min(shortest, now() - startedAt);
    if (shortest > defaults.enoughMs) break;
  }
  return shortest;
}

function growthOf(reader: Reader, atom: string, now: () => number): Growth | null {
  const points: { length: number; ms: number }[] = [];
  for (const length of defaults.lengths) {
    const ms = timeOf(reader, atom.repeat(Math.ceil(length / atom.length)), now);
    points.push({ length, ms });
    if (ms > defaults.enoughMs) break;
  }
  const [first, ...others] = points;
  const last = others.at(-1);
  if (first === undefined || last === undefined || last.ms < defaults.fromMs) return null;
  const exponent = Math.log(last.ms / first.ms) / Math.log(last.length / first.length);
  return exponent > defaults.maxExponent ? { reader: reader.name, atom, ...last, exponent } : null;
}

/**
 * Gives every reader texts of each of these atoms, over and over again.
 *
 * @param now milliseconds of a clock that does not go back.
 * @returns those whose time grows faster than their text.
 */
export function steepGrowths(
  readers: readonly Reader[],
  atoms: readonly string[],
  now: () => number = () => performance.now(),
): Growth[] {
  return readers.flatMap((reader) => atoms.flatMap((atom) => growthOf(reader, atom, now) ?? []));
}
