/**
 * The commands of a page for users, in order. A comment before a block says how it is run; a reader does not see it.
 *
 * - `<!-- walk: until "TEXT" -->`: its last command goes on until Ctrl-C, which comes when its output matches.
 * - `<!-- walk: beside "TEXT" -->`: as in another terminal: from when its output matches until the next block has ended.
 * - `<!-- walk: not here, because ... -->`
 */
export interface Step {
  /** Of the page, from 1. */
  line: number;
  /** As it is printed; a comment of the shell is part of it. */
  command: string;
  how: 'to its end' | 'until' | 'beside';
  /** What the output matches then; null for a command that ends by itself. */
  text: RegExp | null;
  /** Of its block. */
  isLast: boolean;
}

export interface PageSteps {
  steps: Step[];
  /** Blocks that are not run, with the reason. */
  left: { line: number; because: string }[];
}

const blocks = /^(?:<!-- walk: (?<how>.*) -->\n)?```sh\n(?<body>[^]*?)^```$/gm;

/** @throws Error for a comment that says none of these. */
export function stepsOf(page: string): PageSteps {
  const found: PageSteps = { steps: [], left: [] };
  for (const match of page.matchAll(blocks)) {
    const { how = '', body = '' } = match.groups ?? {};
    const first = page.slice(0, match.index).split('\n').length + (how === '' ? 1 : 2);
    const because = /^not here, (because .+)$/.exec(how)?.[1];
    if (because !== undefined) {
      found.left.push({ line: first, because });
      continue;
    }
    const [, kind, text] = /^(until|beside) "(.+)"$/.exec(how) ?? [];
    if (how !== '' && kind === undefined) throw new Error(`Line ${first - 2}: what is "walk: ${how}"?`);
    const steps = commandsOf(body).map(({ at, command }): Step => {
      return { line: first + at, command, how: 'to its end', text: null, isLast: false };
    });
    const last = steps.at(-1);
    if (last !== undefined) last.isLast = true;
    if (last !== undefined && text !== undefined) {
      last.how = kind === 'until' ? 'until' : 'beside';
      last.text = new RegExp(text);
    }
    found.steps.push(...steps);
  }
  return found;
}

/** Lines that end with a backslash go on in the next one. */
function commandsOf(body: string): { at: number; command: string }[] {
  const commands: { at: number; command: string }[] = [];
  for (const match of body.matchAll(/(?:.*\\\n)*.+/g)) {
    const at = body.slice(0, match.index).split('\n').length - 1;
    if (match[0].trim() !== '') commands.push({ at, command: match[0] });
  }
  return commands;
}
