/** Which fixture of a list is which of those that were known: the platform of October 2026 tells no id. */

/** What a fixture is known by. */
export interface PairedFacts {
  /** The platform's; null: not told. */
  readonly toldId: string | null;
  readonly startsAt: number;
  readonly opponent: string | null;
  readonly stage: string | null;
  readonly round: string | null;
}

type Fits = (known: PairedFacts, listed: PairedFacts) => boolean;

const isSameId: Fits = (known, { toldId }) => toldId !== null && known.toldId === toldId;
const mayBe: Fits = (known, { toldId }) => toldId === null || known.toldId === null;
const isSameTime: Fits = (known, listed) => mayBe(known, listed) && known.startsAt === listed.startsAt;

/** An opponent of a later round is not known at first. */
function isAboutTheSame(known: PairedFacts, { stage, round, opponent }: PairedFacts): boolean {
  const isNamed = stage !== null || round !== null || opponent !== null;
  const isSameOpponent = known.opponent === opponent || known.opponent === null || opponent === null;
  return isNamed && known.stage === stage && known.round === round && isSameOpponent;
}

/**
 * By its id, else by its time, else by what it is about, if only one can be meant.
 *
 * @param factsOf of a known one. @param now epoch milliseconds: what has begun is not moved any more.
 */
export function pairFixtures<Known, Listed extends PairedFacts>(
  known: readonly Known[],
  listed: readonly Listed[],
  { factsOf, now }: { factsOf: (known: Known) => PairedFacts; now: number },
): Map<Listed, Known> {
  const pairs = new Map<Listed, Known>();
  const isMoved: Fits = (one, other) => mayBe(one, other) && one.startsAt > now && isAboutTheSame(one, other);
  for (const fits of [isSameId, isSameTime, isMoved]) {
    const free = known.filter((one) => ![...pairs.values()].includes(one));
    const open = listed.filter((one) => !pairs.has(one));
    for (const fixture of open) {
      const [one, another] = free.filter((each) => fits(factsOf(each), fixture));
      if (one === undefined || another !== undefined) continue;
      if (open.filter((each) => fits(factsOf(one), each)).length === 1) pairs.set(fixture, one);
    }
  }
  return pairs;
}
