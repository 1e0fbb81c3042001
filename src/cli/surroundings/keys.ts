/** Keys of the terminal, one by one, while a command wants them. */
/** The keys of the terminal that standard input is. */
export interface Keys {
  /**
   * Calls the listener with each key: `right`, `left`, `home`, `end`, `enter`, `escape`, `ctrl-c`, or the character.
   *
   * @returns the function that ends this.
   */
  listen(listener: (key: string) => void): () => void;
}

const named: Readonly<Record<string, string>> = {
  '\u001b[C': 'right',
  '\u001bOC': 'right',
  '\u001b[D': 'left',
  '\u001bOD': 'left',
  '\u001b[H': 'home',
  '\u001bOH': 'home',
  '\u001b[1~': 'home',
  '\u001b[F': 'end',
  '\u001bOF': 'end',
  '\u001b[4~': 'end',
  '\r': 'enter',
  '\n': 'enter',
  '\u001b': 'escape',
  '\u0003': 'ctrl-c',
  '\u0004': 'q',
};

const escape = '\u001b';
const sequences = new RegExp(`${escape}\\[[\\d;]*[A-Za-z~]|${escape}O[A-Za-z]|[^]`, 'gu');

/** The keys in what a terminal sent at once; sequences of no key that is known are left out. */
export function keysIn(text: string): string[] {
  return (text.match(sequences) ?? []).flatMap((part) => {
    const name = named[part];
    if (name !== undefined) return [name];
    return part.startsWith(escape) ? [] : [part];
  });
}

/** Undefined where standard input is no terminal. */
export function keysOf(stdin: NodeJS.ReadStream): Keys | undefined {
  if (!stdin.isTTY) return undefined;
  return {
    listen(listener) {
      const hear = (text: string): void => {
        for (const key of keysIn(text)) listener(key);
      };
      stdin.setRawMode(true);
      stdin.setEncoding('utf8').on('data', hear).resume();
      return () => {
        stdin.off('data', hear).pause();
        stdin.setRawMode(false);
      };
    },
  };
}
