/** A unit of systemd as its manual pages say that it is read (systemd.syntax(7), systemd.service(5), systemd.unit(5)). */

/** `Section.Key`, with specifiers as they are. @throws for a line that is none. */
export function readUnit(text: string): Record<string, string> {
  const settings: Record<string, string> = {};
  let section = '';
  let held = '';
  for (const line of text.split('\n')) {
    if (held === '' && /^\s*(?:[#;].*)?$/s.test(line)) continue;
    if (line.endsWith('\\')) {
      held += `${line.slice(0, -1)} `;
      continue;
    }
    const whole = (held + line).trim();
    held = '';
    const [, named] = /^\[(\w+)\]$/.exec(whole) ?? [];
    const [, key, value] = /^(\w+)\s*=\s*(.*)$/s.exec(whole) ?? [];
    if (named !== undefined) section = named;
    else if (key === undefined) throw new Error(`no line of a unit: ${whole}`);
    else settings[`${section}.${key}`] = value ?? '';
  }
  if (held !== '') throw new Error('the last line goes on');
  return settings;
}

/** @param specifiers what stands for each, such as `{ i: 'a' }`. @throws for another one. */
export const withSpecifiers = (value: string, specifiers: Record<string, string> = {}): string =>
  value.replaceAll(/%(.?)/gsu, (whole, letter: string) => {
    const known = letter === '%' ? '%' : specifiers[letter];
    if (known === undefined) throw new Error(`a specifier: ${whole}`);
    return known;
  });

/** The words of a command line, the program first. @throws for variables, and for a second command. */
export function readCommand(value: string, specifiers?: Record<string, string>): string[] {
  const words: string[] = [];
  const word = /\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^\s"'\\]+)(?=\s|$)/gsuy;
  for (const [, found = ''] of value.matchAll(word)) words.push(found);
  if (words.join(' ') !== value) throw new Error(`not taken apart: ${value}`);
  return words.map((found, index) => {
    if (found === ';') throw new Error('a second command');
    if (index === 0 && /^[@:+!|-]/.test(found)) throw new Error(`a prefix: ${found}`);
    const bare = /^["']/.test(found) ? found.slice(1, -1).replaceAll(/\\(.)/gsu, plainEscape) : found;
    const told = withSpecifiers(bare, specifiers);
    return index === 0 ? told : told.replaceAll(/\$(.?)/gsu, plainDollar);
  });
}

function plainEscape(whole: string, letter: string): string {
  if ('\\"\''.includes(letter)) return letter;
  throw new Error(`an escape that is something else: ${whole}`);
}

function plainDollar(whole: string, next: string): string {
  if (next === '$') return '$';
  if (/[\w{]/.test(next)) throw new Error(`a variable: ${whole}`);
  return whole;
}
