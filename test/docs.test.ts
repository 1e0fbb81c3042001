import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const pages = [
  'README.md',
  ...readdirSync('docs').flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : [])),
];

/** The text without its code blocks, where a `#` begins a comment. */
const proseOf = (page: string) => readFileSync(page, 'utf8').replaceAll(/^ *```.*?^ *```$/gms, '');

const headingsOf = (page: string) =>
  [...proseOf(page).matchAll(/^#+ (.*)$/gm)].map(([, title = '']) => title);

/** The name that GitHub gives a heading. */
const anchorOf = (title: string) =>
  title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

describe('the pages for users', () => {
  it.each(pages)('%s has links that lead to a file and a heading', (page) => {
    const links = [...proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
    const broken = links.filter((link) => {
      if (/^[a-z]+:/.test(link)) return false;
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? page : join(dirname(page), path);
      if (!existsSync(target)) return true;
      return anchor !== undefined && !headingsOf(target).map(anchorOf).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  it('are all led to by the README, which names each entry of the package', () => {
    const readme = readFileSync('README.md', 'utf8');
    const { exports } = JSON.parse(readFileSync('package.json', 'utf8')) as { exports: object };
    const entries = Object.keys(exports).flatMap((name) => /^\.(\/[a-z]+)$/.exec(name)?.[1] ?? []);
    expect(entries.length).toBeGreaterThan(10);
    const isNamed = (entry: string) =>
      readme.includes(`\`${entry}\``) || readme.includes(`chipzen-agent${entry}`);
    expect(pages.slice(1).filter((page) => !readme.includes(`](${page}`))).toEqual([]);
    expect(entries.filter((entry) => !isNamed(entry))).toEqual([]);
  });

  it('number the sections of the protocol one after the other', () => {
    const numbers = headingsOf('docs/protocol.md').flatMap((title) => /^(\d+)\. /.exec(title)?.[1] ?? []);
    expect(numbers).toEqual(numbers.map((_, index) => String(index + 1)));
    expect(numbers.length).toBeGreaterThan(10);
  });
});
