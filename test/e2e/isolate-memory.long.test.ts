/** All the ways of using up memory that a bot has: each costs its process, and nothing else. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lostOne, openTwoMatches, whole } from '../kit/two-matches.js';

let two: Awaited<ReturnType<typeof openTwoMatches>>;

beforeEach(async () => {
  two = await openTwoMatches();
});
afterEach(async () => {
  expect(await two.close()).toBe(0);
});

describe('a bot in a process of its own', () => {
  it.each([
    ['small objects', `for (let n = 0; ; n++) all.push({ n, more: [n, n] });`],
    ['text', `for (let n = 0; ; n++) all.push(('x' + n).repeat(100) + Math.random());`],
    ['one list larger than the limit', `for (;;) all.push(new Array(1e8).fill(0.5));`],
    ['one map', `const map = new Map(); for (let n = 0; ; n++) map.set(n, n);`],
    ['symbols that are never collected', `for (let n = 0; ; n++) all.push(Symbol.for('s' + n));`],
    ['code', `for (let n = 0; ; n++) all.push(new Function('x', 'return x + ' + n));`],
    ['large buffers', `for (;;) all.push(new Uint8Array(1e7).fill(1));`],
    ['one buffer larger than the limit', `for (;;) all.push(new Uint8Array(2 ** 31).fill(1));`],
    ['small buffers', `for (;;) all.push(Buffer.alloc(64, 1));`],
    ['parts of pooled buffers', `for (;;) all.push(Buffer.allocUnsafe(100).fill(1));`],
    ['shared memory of threads', `for (;;) all.push(new Uint8Array(new SharedArrayBuffer(1e7)).fill(1));`],
    [
      'WebAssembly',
      `for (;;) { const m = new WebAssembly.Memory({ initial: 160 }); new Uint8Array(m.buffer).fill(1); all.push(m); }`,
    ],
    [
      'one growing WebAssembly memory',
      `const m = new WebAssembly.Memory({ initial: 1, maximum: 65536 }); for (;;) { m.grow(160); new Uint8Array(m.buffer).fill(1); }`,
    ],
    [
      'native memory of zlib',
      `const { createDeflate } = require('zlib'); for (;;) { const d = createDeflate({ level: 9, memLevel: 9 }); d.write('x'); all.push(d); }`,
    ],
    [
      'native memory of crypto',
      `for (;;) all.push(require('crypto').createSecretKey(Buffer.alloc(1e6, 1)));`,
    ],
    [
      'a process it has started',
      `require('child_process').execFileSync(process.execPath, ['-e', 'const all = []; for (;;) all.push(new Uint8Array(1e7).fill(1))'], { stdio: 'ignore' });`,
    ],
    ['functions that remember', `for (let n = 0; ; n++) { const kept = n; all.push(() => kept); }`],
    ['patterns', `for (let n = 0; ; n++) all.push(new RegExp('a'.repeat(20) + n));`],
    ['numbers without an end', `for (let n = 3n; ; n *= n) all.push(n);`],
    ['timers', `for (;;) setTimeout(() => {}, 1e9);`],
    ['text that is parsed', `for (;;) all.push(JSON.parse('[' + '1,'.repeat(1e6) + '1]'));`],
    ['text outside of the heap', `for (;;) all.push(Buffer.alloc(1e7, 120).toString('latin1'));`],
    ['memory that is never touched', `for (;;) all.push(new ArrayBuffer(1e8));`],
    ['a list with holes', `for (;;) { const list = []; list.length = 1e8; all.push(list.fill(1)); }`],
    ['recursion', `const deeper = () => deeper() + 1; deeper();`],
    [
      'promises',
      `return new Promise(() => { const more = () => { for (let n = 0; n < 1e5; n++) all.push(Promise.resolve(n).then((m) => m)); setImmediate(more); }; more(); });`,
    ],
  ])('that uses up its memory with %s costs that turn and no other match', async (_what, growth) => {
    const head = `const all = []; globalThis.all = all; const grow = () => { ${growth} };`;
    expect(await two.play('grow()', { head, workerMemoryMb: 64 })).toEqual([whole, lostOne]);
    // Some is refused to the bot, as an error that it could have caught.
    const ends = [
      ...two.told('bot.terminated').map(({ why }) => why),
      ...two.told('bot.failed').map(({ hook }) => hook),
    ];
    expect([['out_of_memory'], ['crashed'], ['decide']]).toContainEqual(ends);
  });
});
