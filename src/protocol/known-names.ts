/** Names that users write: which of the known ones was meant, and options that do not exist. */
import { isObject } from './checks.js';
import { OptionError } from './errors.js';
import { printable } from './redact.js';

const defaults = {
  maxNameLength: 60,
  /** Longer names are compared by their beginning: the comparison takes the square of the length. */
  maxComparedLength: 64,
  /** The share of its letters in which a name may differ from the one that was meant. */
  maxDifference: 0.4,
} as const;

/**
 * The known name that was most likely meant: the same but for letter case and separators, or a few letters away; null when
 * none is near.
 */
export function nearestName(name: string, known: Iterable<string>): string | null {
  const asked = plainName(name);
  let nearest: string | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    const plain = plainName(candidate);
    const distance = asked === plain ? 0 : editDistance(asked, plain);
    const isNear =
      distance <= Math.max(1, Math.floor(Math.max(asked.length, plain.length) * defaults.maxDifference));
    if (isNear && distance < least) {
      nearest = candidate;
      least = distance;
    }
  }
  return nearest ?? extended(asked, known);
}

/** ` Did you mean X?`, or nothing. */
export function didYouMean(name: string, known: Iterable<string>): string {
  const nearest = nearestName(name, known);
  return nearest === null ? '' : ` Did you mean ${nearest}?`;
}

/**
 * Refuses options that do not exist: a misspelt one would have no effect, and nobody would notice.
 *
 * @param known has a field for each option.
 * @param where the function whose options these are, for the message.
 * @throws {OptionError} for options that are no object, and for an unknown name. Values are not quoted: one may be a token
 * in the wrong place. A name may be one, too, and is masked.
 */
export function refuseUnknown<Options extends object>(
  options: Options,
  known: Readonly<Record<keyof Options, unknown>>,
  where: string,
): void {
  if (!isObject(options))
    throw new OptionError('options', `The options of ${asPart(where)} must be an object.`);
  for (const name of Object.keys(options)) {
    if (Object.hasOwn(known, name)) continue;
    const shown = printable(name, defaults.maxNameLength);
    throw new OptionError(
      shown,
      `${where} has no option named ${shown}.${didYouMean(name, Object.keys(known))}`,
    );
  }
}

/** Within a sentence: `A session` is `a session` there; a function keeps its name. */
const asPart = (where: string): string => where.replace(/^A (?=[a-z])/, 'a ');

/** A known name that begins or ends with what was written, like `drainGraceMs` for `grace`; the shortest. */
function extended(asked: string, known: Iterable<string>): string | null {
  if (asked.length < 3) return null;
  const found = [...known].filter(
    (name) => plainName(name).includes(asked) || asked.includes(plainName(name)),
  );
  return found.toSorted((a, b) => a.length - b.length)[0] ?? null;
}

const plainName = (name: string): string =>
  name
    .slice(0, defaults.maxComparedLength)
    .replace(/[-_\s]/g, '')
    .toLowerCase();

/** Letters that are added, left out or replaced; two neighbours that changed places count once. */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      next[j] = Math.min(
        (row[j] ?? 0) + 1,
        (next[j - 1] ?? 0) + 1,
        (row[j - 1] ?? 0) + (isSame ? 0 : 1),
        isSwapped ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}
