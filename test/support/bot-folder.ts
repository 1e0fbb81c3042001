/** Bot files of a test, in a folder of their own, and what their bots write there. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export function createBotFolder() {
  const dir = mkdtempSync(join(tmpdir(), 'chipzen-bots-'));
  return {
    dir,
    /** A bot file: `body` is of a class, with `once(name)` true once in all of them together, and `passive(state)`. */
    botFile(body: string, head = ''): string {
      const path = join(dir, `bot-${readdirSync(dir).length}.mjs`);
      writeFileSync(
        path,
        `import { existsSync, readFileSync, appendFileSync, writeFileSync } from 'node:fs';
${head}
const dir = ${JSON.stringify(dir)};
const once = (name) => {
  if (existsSync(dir + '/' + name)) return false;
  writeFileSync(dir + '/' + name, '');
  return true;
};
const passive = ({ validActions }) => ({ action: validActions.includes('check') ? 'check' : 'call' });
export default class {
  turns = 0;
  ${body}
};
`,
      );
      return path;
    },
    wrote: (name: string): string => readFileSync(join(dir, name), 'utf8'),
    remove: () => rmSync(dir, { recursive: true }),
  };
}
