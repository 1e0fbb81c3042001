import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFrameSplitter, type FramePiece, payloadOf } from '../../src/chaos/frame-splitter.js';
import { frameOf } from '../../src/chaos/frame-writer.js';

interface Sample {
  opcode: number;
  payload: Buffer;
  mask: Buffer | null;
}

/** Frames as clients send them too; `frameOf` writes those of servers. */
function encode({ opcode, payload, mask }: Sample): Buffer {
  const plain = frameOf(opcode, payload);
  if (mask === null) return plain;
  const header = plain.subarray(0, plain.length - payload.length);
  header[1] = (header[1] ?? 0) | 0x80;
  const masked = payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0));
  return Buffer.concat([header, mask, masked]);
}

const sample: fc.Arbitrary<Sample> = fc.record({
  opcode: fc.constantFrom(0, 1, 2, 8, 9, 10),
  payload: fc
    .oneof(fc.integer({ min: 0, max: 300 }), fc.constantFrom(125, 126, 65_535, 65_536))
    .map((length) => Buffer.alloc(length, `payload ${length} `)),
  mask: fc.option(fc.uint8Array({ minLength: 4, maxLength: 4 }).map((bytes) => Buffer.from(bytes))),
});

function feed(bytes: Buffer, cuts: readonly number[], maxWholeBytes?: number): FramePiece[] {
  const splitter = createFrameSplitter(maxWholeBytes);
  const borders = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length];
  return borders
    .slice(1)
    .flatMap((border, index) => splitter.push(Buffer.from(bytes.subarray(borders[index], border))));
}

const plain = (pieces: readonly FramePiece[]) =>
  pieces.map((piece) => ({
    opcode: piece.header?.opcode,
    fin: piece.header?.fin,
    whole: piece.first && piece.last,
    payload: payloadOf(piece).toString(),
    bytes: piece.bytes.toString('hex'),
  }));

describe('the frame splitter', () => {
  it('finds the same frames wherever the bytes are cut', () => {
    fc.assert(
      fc.property(
        fc.array(sample, { maxLength: 6 }),
        fc.array(fc.nat(), { maxLength: 20 }),
        (samples, cuts) => {
          const pieces = feed(Buffer.concat(samples.map(encode)), cuts);
          expect(plain(pieces)).toEqual(
            samples.map((each) => ({
              opcode: each.opcode,
              fin: true,
              whole: true,
              payload: each.payload.toString(),
              bytes: encode(each).toString('hex'),
            })),
          );
        },
      ),
      { numRuns: 100 },
    );
  });

  it('finds the same frames at every single border, and byte by byte', () => {
    const samples: Sample[] = [
      { opcode: 1, payload: Buffer.from('short'), mask: null },
      { opcode: 9, payload: Buffer.alloc(0), mask: Buffer.from([1, 2, 3, 4]) },
      { opcode: 2, payload: Buffer.alloc(300, 7), mask: Buffer.from([5, 6, 7, 8]) },
    ];
    const bytes = Buffer.concat(samples.map(encode));
    const expected = plain(feed(bytes, []));
    expect(expected).toHaveLength(3);
    for (let cut = 0; cut <= bytes.length; cut += 1) expect(plain(feed(bytes, [cut]))).toEqual(expected);
    expect(plain(feed(bytes, [...bytes.keys()]))).toEqual(expected);
  });

  it('passes a frame that is too large to hold in pieces, with the frames around it whole', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 12 }), fc.integer({ min: 40, max: 600 }), (cuts, size) => {
        const small = frameOf(1, Buffer.from('small'));
        const large = frameOf(2, Buffer.alloc(size, 'large'));
        const pieces = feed(Buffer.concat([small, large, small]), cuts, 32);
        const parts = pieces.slice(1, -1);
        expect(Buffer.concat(parts.map(({ bytes }) => bytes))).toEqual(large);
        expect(parts.map(({ first, last }) => [first, last])).toEqual(
          parts.map((_, index) => [index === 0, index === parts.length - 1]),
        );
        expect([pieces[0]?.bytes, pieces.at(-1)?.bytes]).toEqual([small, small]);
      }),
      { numRuns: 100 },
    );
  });

  it('passes on what is no frame as it is', () => {
    const impossible = Buffer.from('827fffffffffffffffff', 'hex');
    const pieces = feed(
      Buffer.concat([frameOf(1, Buffer.from('a')), impossible, Buffer.from('rest')]),
      [4, 9],
    );
    expect(pieces[0]?.header?.opcode).toBe(1);
    expect(pieces.slice(1).every(({ header }) => header === null)).toBe(true);
    expect(Buffer.concat(pieces.slice(1).map(({ bytes }) => bytes))).toEqual(
      Buffer.concat([impossible, Buffer.from('rest')]),
    );
  });

  it('neither throws nor invents a byte, whatever comes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.array(fc.nat(), { maxLength: 8 }), (bytes, cuts) => {
        const out = Buffer.concat(feed(Buffer.from(bytes), cuts).map((piece) => piece.bytes));
        expect(Buffer.from(bytes).subarray(0, out.length)).toEqual(out);
      }),
    );
  });
});
