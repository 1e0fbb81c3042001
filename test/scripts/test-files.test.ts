import { describe, expect, it } from 'vitest';
import { assertNamedFor, type Need, withWord } from '../../scripts/test-files.js';

describe('the name of a test file', () => {
  it.each<[Need, string]>([
    ['the build', 'test/cli/main.built.test.ts'],
    ['the build', 'test/page.browser.test.ts'],
    ['the build', 'test/bus.nats.test.ts'],
    ['the build', 'test/outages.long.test.ts'],
    ['a browser', 'test/page.browser.test.ts'],
    ['a NATS server', 'test/bus.nats.test.ts'],
  ])('says that it uses %s: %s', (need, file) => {
    expect(() => assertNamedFor(need, file)).not.toThrow();
  });

  it.each<[Need, string, string]>([
    [
      'the build',
      '/home/ann/test/cli/main.test.ts',
      'main.test.ts uses the build, and its name does not say so: call it main.built.test.ts',
    ],
    [
      'the build',
      'test/many.slow.test.ts',
      'many.test.ts uses the build, and its name does not say so: call it many.built.test.ts',
    ],
    [
      'a browser',
      'test/page.built.test.ts',
      'page.test.ts uses a browser, and its name does not say so: call it page.browser.test.ts',
    ],
    [
      'a NATS server',
      'test/bus.test.ts',
      'bus.test.ts uses a NATS server, and its name does not say so: call it bus.nats.test.ts',
    ],
  ])('does not say that it uses %s: %s', (need, file, message) => {
    expect(() => assertNamedFor(need, file)).toThrow(`${message} (docs/testing.md).`);
  });
});

it('the glob of one word has no braces, which would stand for themselves', () => {
  expect([withWord('long'), withWord('nats', 'browser')]).toEqual([
    'test/**/*.long.test.ts',
    'test/**/*.{nats,browser}.test.ts',
  ]);
});
