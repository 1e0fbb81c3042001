import { afterEach, expect, it } from 'vitest';
import { botEntry } from '../../../../src/io/hosting/threads/bot-entry.js';

const versions = process.versions;

afterEach(() => Object.defineProperty(process, 'versions', { value: versions }));

it.each([
  ['bun', 'process', 'A bot in a process of its own needs Node, and this is Bun 1.4.5'],
  ['deno', 'thread', 'A bot in a thread of its own needs Node, and this is Deno 1.4.5'],
] as const)('on %s a bot in a %s of its own is refused', (runtime, place, sentence) => {
  Object.defineProperty(process, 'versions', { value: { ...versions, [runtime]: '1.4.5' } });
  expect(() => botEntry(place)).toThrow(
    expect.objectContaining({
      code: 'bad_option',
      option: 'isolate',
      message: `${sentence}: start it with Node, or take isolate none (--isolate none of demo, dev and run).`,
    }),
  );
});

it('on Node it is started', () => {
  expect(botEntry('thread')).toEqual({ program: expect.stringContaining('bot-thread-entry.ts') });
});
