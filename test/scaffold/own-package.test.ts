import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dependencyOn, findOwnPackage } from '../../src/scaffold/own-package.js';
import { makeFolder } from '../kit/folder.js';

/** A package in `node_modules` that npm got from there. */
function installed(home: string, resolved: string | null): string {
  const root = join(home, 'node_modules', 'chipzen-agent');
  mkdirSync(root, { recursive: true });
  writeFileSync(join(root, 'package.json'), JSON.stringify({ name: 'chipzen-agent', version: '1.2.3' }));
  if (resolved !== null) {
    const packages = { 'node_modules/chipzen-agent': { version: '1.2.3', resolved } };
    writeFileSync(join(home, 'node_modules', '.package-lock.json'), JSON.stringify({ packages }));
  }
  return root;
}

const manifest = { name: 'chipzen-agent', version: '1.2.3' };

describe('what a project depends on', () => {
  it('is the version of a package from a registry, whose address is told nowhere', () => {
    const home = makeFolder();
    const root = installed(home, 'https://packages.example/chipzen-agent.tgz');
    expect(dependencyOn({ root, manifest }, join(home, 'my-bot'))).toBe('^1.2.3');
  });

  it('is the tarball of a package that was installed from one, seen from the project', () => {
    const home = makeFolder();
    writeFileSync(join(home, 'agent.tgz'), '');
    const root = installed(join(home, 'cache', 'abc'), 'file:../../agent.tgz');
    expect(dependencyOn({ root, manifest }, join(home, 'bots', 'my-bot'))).toBe('file:../../agent.tgz');
  });

  it.each([
    ['a tarball that is gone', 'file:../agent.tgz'],
    ['a clone, or a global folder', null],
  ])('is the folder of the package for %s', (_what, resolved) => {
    const home = makeFolder();
    const root = installed(home, resolved);
    expect(dependencyOn({ root, manifest }, join(home, 'my-bot'))).toBe('file:../node_modules/chipzen-agent');
  });
});

describe('the package that is running', () => {
  it('is found from its own files', () => {
    expect(findOwnPackage().manifest.name).toBe('chipzen-agent');
  });

  it('is not found by code that was bundled without it, which is told so', () => {
    expect(() => findOwnPackage(join(makeFolder(), 'bundle.js'))).toThrow(
      'keep the package outside of the bundle',
    );
  });
});
