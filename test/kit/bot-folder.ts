/** Bot files of a test, in a folder of their own that is removed after it, and what their bots write there. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from './folder.js';

export function createBotFolder() {
  const dir = makeFolder();
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
  };
}
