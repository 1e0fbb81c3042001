const quote = 0x22;
const backslash = 0x5c;
/** Each of these is followed by a value of its own, or by a key. */
const beforeValue = new Set(Array.from(',[{', (character) => character.charCodeAt(0)));

/** Whether JSON text has more values than this, keys not counted; told without reading it, in time and memory for it. */
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

/** The index of the quote that ends the string which begins here, or the end of the text. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let escapes = 0;
    while (text.charCodeAt(end - 1 - escapes) === backslash) escapes += 1;
    if (escapes % 2 === 0) return end;
  }
  return text.length;
}
