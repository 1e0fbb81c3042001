/** What a new project has in it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dependencyOn, type OwnPackage } from './own-package.js';

export const projectLanguages = ['typescript', 'javascript'] as const;

export type ProjectLanguage = (typeof projectLanguages)[number];

/** The name of the bot's file in each. */
export const botFiles: Readonly<Record<ProjectLanguage, string>> = {
  typescript: 'bot.ts',
  javascript: 'bot.js',
};

export interface ProjectOptions {
  /** Of the npm package: lower case. */
  name: string;
  language: ProjectLanguage;
  /** The folder of the project, for a dependency by path. */
  folder: string;
  own: OwnPackage;
  /** What the project depends on. Default: the package that is running. */
  dependency?: string | undefined;
}

/** The files of a project by their names, in the order in which they are told. */
export function projectFiles(options: ProjectOptions): Map<string, string> {
  const { own, language, name } = options;
  const files = new Map([['package.json', `${JSON.stringify(manifestOf(options), null, 2)}\n`]]);
  for (const part of [language, 'all'] as const) {
    for (const [file, text] of templateFiles(own, part, { name, bot: botFiles[language] }))
      files.set(file, text);
  }
  return files;
}

/** The files of one folder of `templates`, with `{{name}}` and `{{bot}}` filled in. */
export function templateFiles(
  own: OwnPackage,
  part: ProjectLanguage | 'all' | 'official',
  { name, bot }: { name: string; bot: string },
): [file: string, text: string][] {
  const folder = join(own.root, 'templates', part);
  return readdirSync(folder)
    .toSorted()
    .map((file) => {
      const text = readFileSync(join(folder, file), 'utf8');
      // npm leaves files of this name out of a package.
      const target = file === 'gitignore' ? '.gitignore' : file;
      return [target, text.replaceAll('{{name}}', name).replaceAll('{{bot}}', bot)];
    });
}

/** The scripts of a project whose bot and test are in these files. */
export function scriptsFor(bot: string, test: string): Record<'play' | 'dev' | 'check' | 'test', string> {
  const loader = test.endsWith('.ts') ? ' --import jiti/register' : '';
  return {
    play: `chipzen-agent demo --bot ${bot} --opponent tight-aggressive`,
    dev: `chipzen-agent dev ${bot}`,
    check: `chipzen-agent check ${bot}`,
    test: `node${loader} --test ${test}`,
  };
}

function manifestOf({ name, language, folder, own, dependency }: ProjectOptions) {
  const bot = botFiles[language];
  const typed = language === 'typescript';
  const { dependencies, devDependencies } = own.manifest;
  const versionOf = (needed: string): string => dependencies?.[needed] ?? devDependencies?.[needed] ?? '*';
  return {
    name,
    version: '0.1.0',
    private: true,
    type: 'module',
    scripts: {
      ...scriptsFor(bot, bot.replace('.', '.test.')),
      ...(typed && { typecheck: 'tsc' }),
      start: `chipzen-agent run ${bot} --record matches`,
    },
    dependencies: { 'chipzen-agent': dependency ?? dependencyOn(own, folder) },
    ...(typed && {
      devDependencies: Object.fromEntries(
        ['@types/node', 'jiti', 'typescript'].map((needed) => [needed, versionOf(needed)]),
      ),
    }),
    engines: { node: '>=20.19' },
  };
}
