/** Makes text from the network safe to keep and to show: without secrets, without control characters, short. */
import { tokenLength, tokenPrefix } from './credential.js';
import { type Folded, fold, foldWithPlaces, isUnclear, readingsOf, unescaped } from './folded.js';

const defaults = {
  mask: '[token]',
  /** Shorter secrets may be ordinary words: masking them would garble the text. */
  minSecretLength: 16,
  /** The longest secret there is (docs/protocol.md 8.1), and some more. */
  maxSecretLength: 4_096,
  /** UTF-16 units that are searched at once. */
  sliceLength: 16_384,
} as const;

/** What stands in place of a secret. */
export const credentialMark: string = defaults.mask;

/** Everything Unicode calls "other" (controls, format and private characters, lone surrogates) and line separators. */
const unprintable = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** Takes secrets out of text, or of JSON, which stays JSON. */
export type Redact = (text: string) => string;

/** A place in a text, from and up to a UTF-16 unit. */
export type Span = readonly [start: number, end: number];

export interface Mask {
  /** For plain text, also if it quotes JSON. */
  text: Redact;
  /** For JSON text: secrets are masked however they are escaped, and the result is still JSON. */
  json: Redact;
  /** Where secrets are in plain text, in order; spans do not overlap. */
  spans(text: string): Span[];
  /**
   * Where a secret may have begun that continues behind the end of the text, and how many of its characters are
   * there; the end of the text and 0 if no secret has begun.
   */
  beginning(text: string): { at: number; length: number };
}

/** Whether a secret is long enough to be searched for. */
export function isMaskable(secret: string): boolean {
  return secret.length >= defaults.minSecretLength;
}

const tokenLike = new RegExp(`${tokenPrefix}\\w{1,${tokenLength}}`, 'g');
const tokenBegun = new RegExp(`${tokenPrefix}\\w{0,${tokenLength - 1}}$`);

/** Escapes of characters that programs normally write as they are: such an escape may hide a secret. */
const needlessEscape = /\\u00[2-7]/;

/** The most common characters of frames, the most common one first. */
const commonCharacters = 'etaoinsrlcdhmupgyb_f0123456789wvk';

const rarityOf = (character: string): number =>
  commonCharacters.indexOf(character) + 1 || Number.POSITIVE_INFINITY;

/** The characters of a key, each once, and first those that few texts contain. */
function rareFirst(key: string): string[] {
  return [...new Set(key.match(/[!-~]/g))].toSorted((a, b) => rarityOf(b) - rarityOf(a));
}

/** A quick test: a text can contain a key only if it contains all of the key's characters, or escapes. Few texts do. */
function createGuess(keys: readonly string[]): (text: string) => boolean {
  const alphabets = keys.map(rareFirst);
  return (text) =>
    alphabets.some((alphabet) => alphabet.every((character) => text.includes(character))) ||
    // Most texts have none: looking for a plain string takes a tenth of what the expression does.
    (text.includes('\\u00') && needlessEscape.test(text));
}

/**
 * A mask for these secrets, and for whatever looks like a bot's token: it may have been typed in the wrong place.
 * Secrets of fewer than 16 characters are not masked. A secret is also found with characters in it that are dropped
 * later or not shown: controls, colours, invisible, bidirectional and combining characters.
 */
export function createMask(secrets: readonly string[]): Mask {
  const known = [...new Set(secrets.filter(isMaskable))];
  const folded = known.map((secret) => ({ secret, key: asShown(secret) }));
  const keys = folded.flatMap(({ key }) => (isMaskable(key) ? key : []));
  /** Secrets of invisible characters only can be found only as they are. */
  const exact = folded.flatMap(({ secret, key }) => (isMaskable(key) ? [] : secret));
  const mayHold = createGuess([tokenPrefix, ...keys]);

  const holds = (text: string): boolean =>
    text.includes(tokenPrefix) || keys.some((key) => text.includes(key));

  const spansIn = (text: string, readsEscapes: boolean): Span[] => {
    const read = readsEscapes ? unescaped(text) : text;
    return readingsOf(read).flatMap((reading) => {
      if (!holds(fold(read, reading))) return [];
      const places = foldWithPlaces(text, reading, readsEscapes);
      return [...keys.flatMap((key) => placesOf(places, key)), ...placesOfTokens(places)];
    });
  };

  const hiddenSpans = (text: string, modes: readonly boolean[]): Span[] => {
    if (!mayHold(text) || !(isUnclear(text) || holds(text))) return [];
    const hasEscapes = modes.length === 1 || text.includes('\\');
    return modes.filter((mode) => hasEscapes || !mode).flatMap((mode) => spansIn(text, mode));
  };

  const spans = (text: string, modes: readonly boolean[]): Span[] => {
    const hidden = hiddenSpans(text, modes);
    if (hidden.length === 0 && exact.length === 0) return hidden;
    return joined([...hidden, ...exact.flatMap((secret) => occurrences(text, secret))]);
  };

  const redact = (text: string, modes: readonly boolean[]): string => {
    const found = spans(text, modes);
    return found.length === 0 ? text : replaceSpans(text, found);
  };

  const begunIn = (text: string): number =>
    Math.max(tokenBegunIn(text), ...[tokenPrefix, ...keys].map((key) => overlap(text, key)));

  return {
    text: (text) => redact(text, [true, false]),
    json: (json) => redact(json, [true]),
    spans: (text) => spans(text, [true, false]),
    beginning(text) {
      const from = Math.max(0, text.length - defaults.maxSecretLength);
      const end = text.slice(from);
      let longest = { at: text.length, length: 0 };
      for (const reading of readingsOf(end)) {
        const length = begunIn(fold(end, reading));
        if (length <= longest.length) continue;
        const { starts } = foldWithPlaces(end, reading, false);
        longest = { at: from + (starts[starts.length - length] ?? 0), length };
      }
      return longest;
    },
  };
}

/** The secret without characters that are not shown. Escapes in it are not resolved. */
function asShown(secret: string): string {
  const [reading] = readingsOf('');
  return reading === undefined ? secret : fold(secret, reading);
}

function occurrences(text: string, part: string): Span[] {
  const found: Span[] = [];
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) {
    found.push([at, at + part.length]);
  }
  return found;
}

function placesOf({ text, starts, ends }: Folded, key: string): Span[] {
  return occurrences(text, key).map(([start, end]) => [starts[start] ?? 0, ends[end - 1] ?? 0]);
}

function placesOfTokens({ text, starts, ends }: Folded): Span[] {
  const found: Span[] = [];
  let end = 0;
  for (const { 0: token, index } of text.matchAll(tokenLike)) {
    // A token that begins inside another one may be a part of it: each character is masked once.
    if (index + token.length <= end) continue;
    end = index + token.length;
    // A longer token goes on to the end of its word, but not across a line break.
    while (starts[end] === ends[end - 1] && /\w/.test(text.charAt(end))) end += 1;
    found.push([starts[index] ?? 0, ends[end - 1] ?? 0]);
  }
  return found;
}

/** How many of the key's first characters are at the end of the text; less than the whole key. */
function overlap(text: string, key: string): number {
  for (let length = Math.min(key.length - 1, text.length); length > 0; length--) {
    if (text.endsWith(key.slice(0, length))) return length;
  }
  return 0;
}

const tokenBegunIn = (text: string): number => tokenBegun.exec(text)?.[0].length ?? 0;

function joined(spans: readonly Span[]): Span[] {
  const sorted = spans.toSorted(([a], [b]) => a - b);
  const apart: Span[] = [];
  for (const [start, end] of sorted) {
    const before = apart.at(-1);
    if (before !== undefined && start < before[1])
      apart[apart.length - 1] = [before[0], Math.max(before[1], end)];
    else apart.push([start, end]);
  }
  return apart;
}

/** The text from `from` to `to`, with a mask in place of each span or of its rest. */
export function replaceSpans(text: string, spans: readonly Span[], from = 0, to = text.length): string {
  let out = '';
  let copied = from;
  for (const [start, end] of spans) {
    if (end <= copied || start >= to) continue;
    out += text.slice(copied, Math.max(start, copied)) + defaults.mask;
    copied = end;
  }
  return copied < to ? out + text.slice(copied, to) : out;
}

const anyToken = createMask([]);

/** Masks whatever looks like a bot's token, also an unknown one that was typed in the wrong place. */
export function maskTokens(text: string): string {
  return anyToken.text(text);
}

/** The same in JSON text. */
export function maskTokensInJson(json: string): string {
  return anyToken.json(json);
}

/**
 * Strips control and invisible characters, masks secrets in the rest, and cuts to `maxLength` UTF-16 units, in this
 * order. Foreign text is then safe for a terminal or a log line.
 *
 * @param redact takes secrets out. Default: what looks like a bot's token.
 */
export function printable(text: string, maxLength: number, redact: Redact = maskTokens): string {
  // The text may be megabytes long. A secret that begins in the part that is kept is complete in this slice.
  const enough = maxLength + defaults.maxSecretLength;
  // Stripping leaves the end of a colour sequence in the middle of a secret, which would then not be found: mask
  // before, too.
  if (text.length <= defaults.sliceLength) text = redact(text);
  let clean = '';
  for (let at = 0; at < text.length && clean.length < enough; ) {
    const isSplit = /[\ud800-\udbff]/.test(text.charAt(at + defaults.sliceLength - 1));
    const end = at + defaults.sliceLength + (isSplit ? 1 : 0);
    clean += text.slice(at, end).replace(unprintable, '');
    at = end;
  }
  return redact(clean)
    .slice(0, maxLength)
    .replace(/[\ud800-\udbff]$/, '');
}

/**
 * Escapes characters that a terminal would obey or not show, so that JSON text is safe for a terminal. The value of
 * the JSON does not change. Line feeds stay: they end lines.
 */
export function visibleJson(json: string): string {
  return json.replace(unprintable, (character) =>
    character === '\n'
      ? character
      : Array.from(
          { length: character.length },
          (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
        ).join(''),
  );
}
