import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exportHands } from '../../../src/histories/formats/export-hands.js';
import { filePieces } from '../../../src/histories/formats/file-pieces.js';
import type { ExportFormat } from '../../../src/histories/formats/format-names.js';
import { readHistories } from '../../../src/histories/formats/read-file.js';
import { makeFolder } from '../../kit/folder.js';
import { coveredCall, sharedMainPot, takenOnFlop } from '../example-hands.js';
import { randomHands } from '../random-hands.js';

async function inPieces(text: string | Uint8Array, pieceBytes: number) {
  const path = join(makeFolder(), 'hands');
  writeFileSync(path, text);
  const all = {
    blocks: 0,
    hands: [] as unknown[],
    refused: [] as unknown[],
    kinds: new Set<string | null>(),
  };
  let pieces = 0;
  for await (const piece of filePieces(path, { matchId: null }, pieceBytes)) {
    pieces += 1;
    all.blocks += piece.blocks;
    all.hands.push(...piece.hands);
    all.refused.push(...piece.refused);
    all.kinds.add(piece.kind);
  }
  return { ...all, pieces };
}

const formats: ExportFormat[] = ['phhs', 'pokerstars', 'ohh', 'acpc', 'fpdb-json'];

describe('a file that is read in pieces', () => {
  it.each(formats)('of %s has the same hands, and counts the same blocks', async (format) => {
    await fc.assert(
      fc.asyncProperty(
        randomHands,
        fc.integer({ min: 1, max: 100 }),
        fc.boolean(),
        async (hands, percent, isCrLf) => {
          const { written } = exportHands(hands, { format, startedAt: 0 });
          fc.pre(written.length > 0);
          const plain = `\uFEFF${written.map(({ text }) => text).join('')}`;
          // A hand amiss in the middle keeps its place.
          const amiss = plain.replaceAll(
            /(?<=d dh |"hole_cards":\["|Dealt to [^[]*\[).(?=[cdhs])/g,
            (rank) => (hands.length % 2 === 0 ? '1' : rank),
          );
          const text = isCrLf ? amiss.replaceAll('\n', '\r\n') : amiss;
          const whole = readHistories(text, { matchId: null });
          // Of a file of any length: fewer bytes at a time take too many reads, and more find it whole.
          const read = await inPieces(text, Math.max(50, Math.ceil((text.length * percent) / 100)));
          expect(read).toMatchObject({ blocks: whole.blocks, hands: whole.hands, refused: whole.refused });
        },
      ),
      { numRuns: 25 },
    );
  });

  it.each(formats)(
    'of %s has a piece for each hand where a hand is all that is read at a time',
    async (format) => {
      const examples = [1, 2, 3].map((handNumber) => ({ ...coveredCall, handNumber }));
      const { written } = exportHands(examples, { format, startedAt: 0 });
      const texts = written.map(({ text }) => text);
      const bytes = Math.min(...texts.map((text) => Buffer.byteLength(text)));
      const { pieces, hands } = await inPieces(texts.join(''), bytes);
      expect([pieces, hands.length]).toEqual([3, 3]);
    },
  );

  it('splits no character in two', async () => {
    const names = '{"schema":"fpdb-chipzen-hand/v1","name":"ÄÖÜ€😀"}\n';
    const { refused } = await inPieces(names.repeat(40), 33);
    expect(refused).toHaveLength(40);
  });

  it('of a title behind the last hand has no block more', async () => {
    const hand = 'PokerStars Hand #1: x\nSeat 1\n\n\n';
    const { blocks } = await inPieces(`Title\n\n${hand.repeat(9)}The end`, 64);
    expect(blocks).toBe(9);
  });

  it('which is none of what is read is one block, however long', async () => {
    const { blocks, hands, refused } = await inPieces('words\n'.repeat(200_000), 64 * 1024);
    expect([blocks, hands, refused]).toEqual([1, [], [expect.objectContaining({ code: 'unreadable' })]]);
  });

  it('as Windows PowerShell writes it, in UTF-16, has its hands', async () => {
    const text = exportHands([coveredCall, sharedMainPot, takenOnFlop], {
      format: 'pokerstars',
      startedAt: 0,
    })
      .written.map((hand) => hand.text)
      .join('');
    const { hands } = await inPieces(text, 999);
    expect(hands.length).toBeGreaterThan(0);
    const little = Buffer.from(`\uFEFF${text}`, 'utf16le');
    expect((await inPieces(little, 999)).hands).toEqual(hands);
    expect((await inPieces(Buffer.from(little).swap16(), 999)).hands).toEqual(hands);
  });

  it('which is compressed says so', async () => {
    const { refused } = await inPieces(gzipSync('PokerStars Hand #1: x\n'), 64);
    expect(refused).toEqual([expect.objectContaining({ why: 'It is compressed (gzip). Unpack it first.' })]);
  });

  it.each([
    ['a record of the platform', '{"hands":["', 'x'],
    ['a text', 'PokerStars Hand #1: ', 'ab\n'],
    ['a line', 'PokerStars Hand #1: ', 'x'],
  ])('that never ends costs as much time as it is long: %s', async (_, begin, rest) => {
    const path = join(makeFolder(), 'hands');
    writeFileSync(path, `${begin}${rest.repeat(Math.ceil((100 * 1024 * 1024) / rest.length))}`);
    const before = process.cpuUsage();
    const all = [];
    for await (const piece of filePieces(path, { matchId: null })) all.push(...piece.refused);
    const { user, system } = process.cpuUsage(before);
    expect(all).toEqual([expect.objectContaining({ code: 'unreadable' })]);
    expect((user + system) / 1e6).toBeLessThan(8);
  });

  it('which is empty has no piece', async () => {
    expect(await inPieces('\uFEFF \n', 64)).toMatchObject({ pieces: 0 });
  });
});
