import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, it } from 'vitest';
import { importedFiles } from '../../../../src/io/hosting/code/imported-files.js';
import { makeFolder } from '../../../kit/folder.js';

it('finds the files that a bot names by relative paths, each once', () => {
  const dir = makeFolder();
  const files = {
    'bot.ts': `import { a } from './a.js';\nimport type { B } from "./lib";\nexport * from './c.mjs';\nimport './d.cjs';\nconst late = () => import('./e.js');\nimport x from 'package'; import gone from './gone.js';`,
    'a.ts': `import './bot.js'; import {\n  one,\n  two,\n} from './table.json';`,
    'lib/index.ts': '',
    'c.mjs': '',
    'd.cjs': `const { f } = require('./f');`,
    'e.ts': '',
    'f.js': '',
    'table.json': `{ "text": "import './g.js'" }`,
    'g.js': '',
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), text);
  }
  const found = importedFiles(join(dir, 'bot.ts')).map(({ path }) => relative(dir, path));
  expect(found.toSorted()).toEqual([
    'a.ts',
    'bot.ts',
    'c.mjs',
    'd.cjs',
    'e.ts',
    'f.js',
    join('lib', 'index.ts'),
    'table.json',
  ]);
  expect(importedFiles(join(dir, 'missing.ts'))).toEqual([]);
});
