/** Lines of JSON as crashes, disks and other programs leave them. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { jsonLines, noLines } from '../../src/recording/json-lines.js';
import { makeFolder } from '../kit/folder.js';

type Item = Record<string, unknown>;

async function readBack(content: string | Buffer) {
  const path = join(makeFolder(), 'some.jsonl');
  writeFileSync(path, content);
  const counts = noLines();
  const values: unknown[] = [];
  const isKnown = (value: unknown): value is Item => typeof value === 'object' && value !== null;
  const isRestart = (value: Item) => 'header' in value;
  for await (const value of jsonLines(path, { isKnown, isRestart }, counts)) values.push(value);
  return { values, counts };
}

const counted = (count: number, torn = 0, damagedLines: number[] = []) => ({
  read: count,
  torn,
  damaged: damagedLines.length,
  damagedLines,
});

describe('lines of JSON', () => {
  it.each<[string, string | Buffer, unknown[], ReturnType<typeof counted>]>([
    ['none', '', [], counted(0)],
    ['ended lines', '{"a":1}\n{"a":2}\n', [{ a: 1 }, { a: 2 }], counted(2)],
    ['ends of Windows', '{"a":1}\r\n{"a":2}\r\n', [{ a: 1 }, { a: 2 }], counted(2)],
    ['whole JSON without an end', '{"a":1}\n{"a":2}', [{ a: 1 }, { a: 2 }], counted(2)],
    ['a torn last line', '{"a":1}\n{"a":', [{ a: 1 }], counted(1, 1)],
    [
      'a last line cut in a character',
      Buffer.from('{"a":1}\n{"a":"é"}\n').subarray(0, -4),
      [{ a: 1 }],
      counted(1, 1),
    ],
    [
      'a torn line, and a process that went on behind it',
      '{"header":1}\n{"n":\n{"header":2}\n{"a":2}\n',
      [{ header: 1 }, { header: 2 }, { a: 2 }],
      counted(3, 1),
    ],
    ['a broken line with its end', '{"a":1}\n{"n":\n{"a":2}\n', [{ a: 1 }, { a: 2 }], counted(2, 0, [2])],
    ['a broken last line with its end', '{"a":1}\n{"n":\n', [{ a: 1 }], counted(1, 0, [2])],
    ['two objects on a line', '{"a":0}\n{"a":1}{"a":2}\n{"a":3}\n', [{ a: 0 }, { a: 3 }], counted(2, 0, [2])],
    ['a line that is not expected', '{"a":1}\n7\n{"a":2}\n', [{ a: 1 }, { a: 2 }], counted(2, 0, [2])],
    [
      'zeros of a lost write',
      Buffer.concat([Buffer.from('{"a":1}\n'), Buffer.alloc(8)]),
      [{ a: 1 }],
      counted(1, 1),
    ],
    ['what an editor of Windows has saved', '\uFEFF{"a":1}\r\n{"a":2}\r\n', [{ a: 1 }, { a: 2 }], counted(2)],
    ['empty lines', '\n{"a":1}\n\n', [{ a: 1 }], counted(1)],
  ])('tells apart %s', async (_what, content, values, counts) => {
    expect(await readBack(content)).toEqual({ values, counts });
  });

  it('does not end a line at U+2028, which JSON may have in a name', async () => {
    const name = 'A\u2028B\u2029C\u0085D';
    const { values, counts } = await readBack(`${JSON.stringify({ name })}\n{"a":1}\n`);
    expect(values).toEqual([{ name }, { a: 1 }]);
    expect(counts).toEqual(counted(2));
  });

  it('joins lines that are longer than what is read at once, and characters across that border', async () => {
    const texts = Array.from({ length: 5 }, (_, index) => 'é€𝄞'.repeat(60_000 + index));
    const { values, counts } = await readBack(texts.map((text) => `${JSON.stringify({ text })}\n`).join(''));
    expect(values).toEqual(texts.map((text) => ({ text })));
    expect(counts).toEqual(counted(5));
  });
});
