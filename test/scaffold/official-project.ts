/**
 * A project in the shape that the official SDK gives a new one (`chipzen-sdk init`, @chipzen-ai/bot 0.2.0): the same files,
 * fields and exports, in words of our own.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** It plays when it is imported by a runner, and starts a session only as the program itself. */
export const officialBot = `import { Action, Bot, runBot } from '@chipzen-ai/bot';

class MyBot extends Bot {
  decide(state) {
    return state.validActions.includes('check') ? Action.check() : Action.call();
  }
}

export async function main() {
  await runBot(process.env.CHIPZEN_WS_URL, new MyBot(), { token: process.env.CHIPZEN_TOKEN ?? null });
}

if (import.meta.main || import.meta.url === \`file://\${process.argv[1]}\`) await main();

export { MyBot };
`;

export function writeOfficialProject(folder: string): void {
  const manifest = {
    name: 'official',
    version: '0.1.0',
    private: true,
    type: 'module',
    main: 'bot.js',
    scripts: { start: 'node bot.js' },
    dependencies: { '@chipzen-ai/bot': '^0.2.0' },
    engines: { node: '>=20' },
  };
  const files = {
    'package.json': `${JSON.stringify(manifest, null, 2)}\n`,
    'bot.js': officialBot,
    Dockerfile: 'FROM oven/bun:1-debian\nCOPY package.json bot.js ./\nRUN bun install --production\n',
    '.dockerignore': 'node_modules/\n.env\n',
    '.gitignore': 'node_modules/\n.env\ndist/\n',
    'README.md': '# official\n',
  };
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
}
