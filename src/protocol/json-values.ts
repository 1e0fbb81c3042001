const quote = 0x22;
const backslash = 0x5c;
/** Each of these is followed by a value of its own, or by a key. */
const beforeValue = codesOf(',[{');
const opening = codesOf('[{');
const closing = codesOf(']}');

function codesOf(characters: string): ReadonlySet<number> {
  return new Set(Array.from(characters, (character) => character.charCodeAt(0)));
}

/**
 * Whether JSON text has more values than this, keys not counted. The text is scanned, not parsed: that would take
 * time and memory.
 */
export function hasManyValues(text: string, maxValues: number): boolean {
  let values = 1;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === quote) index = endOfString(text, index);
    else if (beforeValue.has(code)) values += 1;
    if (values > maxValues) return true;
  }
  return false;
}

const stringBehindKey = /\s*:\s*"/y;

/**
 * The text that the outermost object of JSON text has under this key, still escaped; null if there is none. If the
 * key occurs several times the last one counts, as in JSON.parse. The text is scanned, not parsed: that would take
 * time and memory.
 */
export function outermostText(text: string, key: string): string | null {
  let depth = 0;
  let found: string | null = null;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (opening.has(code)) depth += 1;
    else if (closing.has(code)) depth -= 1;
    if (code !== quote) continue;
    const end = endOfString(text, index);
    stringBehindKey.lastIndex = end + 1;
    if (depth === 1 && text.slice(index + 1, end) === key && stringBehindKey.test(text)) {
      const start = stringBehindKey.lastIndex;
      found = text.slice(start, endOfString(text, start - 1));
    }
    index = end;
  }
  return found;
}

/** The index of the quote that ends the string beginning at `start`, or the end of the text. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let escapes = 0;
    while (text.charCodeAt(end - 1 - escapes) === backslash) escapes += 1;
    if (escapes % 2 === 0) return end;
  }
  return text.length;
}
