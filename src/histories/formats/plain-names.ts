/** Names for formats that find a player by its name in a line of text. */

/** What separates parts of a line there: a name with it would be read as something else. */
const separators = /[\p{C}\p{Zl}\p{Zp}:|#[\]()"'/\\]+/gu;

/** Names as they are where they can be, and all different: two seats may be played by bots of one name. */
export function plainNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const plain = name
      .replace(separators, '_')
      .replace(/\s+/g, ' ')
      .trim()
      .replace(/ (?=collected |has timed out)/g, '_');
    let own = plain === '' ? '_' : plain;
    for (let count = 2; taken.has(own); count += 1) own = `${plain}_${count}`;
    taken.add(own);
    return own;
  });
}
