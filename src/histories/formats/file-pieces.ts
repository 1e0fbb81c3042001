/** Reads a file of hands piece by piece, so that one of any size takes little memory. */
import { createReadStream } from 'node:fs';
import { TextDecoder } from 'node:util';
import type { HandRefusalCode, RefusedHand } from './hand-refusal.js';
import type { ReadHistories } from './read-blocks.js';
import { type FileKind, type FileTerms, kindOfText, readHistories } from './read-file.js';

const defaults = {
  pieceBytes: 256 * 1024,
  /** So much is looked at for what the file is. */
  headBytes: 256 * 1024,
  /** A record of the platform is one JSON text, and has to be read whole. */
  maxRecordLength: 64 * 1024 * 1024,
  /** A block that is longer is none. */
  maxBlockLength: 16 * 1024 * 1024,
} as const;

/** A piece of a file: positions count in the file. */
export interface FilePiece extends ReadHistories {
  readonly kind: FileKind | null;
  /** Bytes of the file that were read so far. */
  readonly bytes: number;
}

/**
 * The hands of a file, some hundred at a time. An empty file has no piece.
 *
 * @param pieceBytes about so much is read at a time. Default: 256 KiB.
 * @throws the system's error when the file cannot be read.
 */
export async function* filePieces(
  path: string,
  terms: FileTerms,
  pieceBytes: number = defaults.pieceBytes,
): AsyncGenerator<FilePiece, void, undefined> {
  let decoder: TextDecoder | null = null;
  let kind: FileKind | null | undefined;
  let [text, bytes, blocks, number] = ['', 0, 0, 0];
  /** No block ends before it. */
  let looked = 0;
  /** A record, which is joined once: a text of megabytes that grows is copied whole each time that it is looked into. */
  let parts: string[] = [];
  let length = 0;

  const pieceOf = (piece: string): FilePiece => {
    number += 1;
    const { refused, ...found } = readHistories(piece, { ...terms, kind: kind ?? null });
    const placed = refused.map((hand): RefusedHand => ({ ...hand, position: hand.position + blocks }));
    blocks += found.blocks;
    return { ...found, refused: placed, bytes };
  };

  for await (const chunk of createReadStream(path, { highWaterMark: pieceBytes })) {
    const part = chunk as Buffer;
    bytes += part.length;
    const packed = decoder === null ? packedAs(part) : null;
    if (packed !== null) {
      yield { ...refusal(`It is compressed (${packed}). Unpack it first.`), kind: null, bytes };
      return;
    }
    // Both drop a byte order mark.
    decoder ??= new TextDecoder(encodingOf(part));
    const read = decoder.decode(part, { stream: true });
    if (kind === 'record') {
      parts.push(read);
      length += read.length;
      if (length <= defaults.maxRecordLength) continue;
      yield { ...refusal('It is too long for a record of one match.'), kind, bytes };
      return;
    }
    text += read;
    if (kind === undefined) {
      kind = kindOfText(text);
      if (kind === null && bytes < defaults.headBytes) {
        kind = undefined;
        continue;
      }
    }
    if (kind === null) {
      yield pieceOf(text.slice(0, defaults.headBytes));
      return;
    }
    if (kind === 'record') {
      parts = [text];
      length = text.length;
      text = '';
      continue;
    }
    const cut = lastCut(text, ends[kind], looked);
    if (cut > 0) {
      yield pieceOf(text.slice(0, cut));
      text = text.slice(cut);
    } else if (text.length > defaults.maxBlockLength) {
      yield { ...refusal('A part of it is longer than any hand.'), kind, bytes };
      return;
    }
    // Whether a block ends at the last line feed, the rest of the line behind it may tell.
    looked = text.lastIndexOf('\n');
  }
  text = parts.join('') + text + (decoder?.decode() ?? '');
  if (text.trim() === '') return;
  kind ??= kindOfText(text);
  // A lone line behind the last hand is no hand, as it is none before the first one.
  const isRest = number > 0 && kind === 'pokerstars' && !text.trim().includes('\n');
  if (!isRest) yield pieceOf(text);
}

/** Windows PowerShell redirects to files in UTF-16. */
function encodingOf(first: Buffer): string {
  if (first[0] === 0xff && first[1] === 0xfe) return 'utf-16le';
  return first[0] === 0xfe && first[1] === 0xff ? 'utf-16be' : 'utf-8';
}

const packers = [
  ['gzip', '1f8b'],
  ['zip', '504b0304'],
  ['zstd', '28b52ffd'],
  ['xz', 'fd377a58'],
  ['bzip2', '425a68'],
] as const;

/** With what the file is compressed, by its first bytes; null for one that is not. */
function packedAs(first: Buffer): string | null {
  return packers.find(([, magic]) => first.subarray(0, 4).toString('hex').startsWith(magic))?.[0] ?? null;
}

function refusal(why: string): ReadHistories {
  const code: HandRefusalCode = 'unreadable';
  return {
    blocks: 1,
    hands: [],
    refused: [{ position: 1, handNumber: null, code, why }],
    remarks: new Map(),
  };
}

/** Whether a block ends between two lines; the second one may not be whole. */
type BlockEnd = (before: string, after: string) => boolean;

const ends: Readonly<Record<Exclude<FileKind, 'record'>, BlockEnd>> = {
  pokerstars: (before) => before.trim() === '',
  ohh: (before, after) => before.trim() === '' || /^\{\s*"ohh"/.test(after),
  'fpdb-json': () => true,
  // The comment above a line belongs to it.
  acpc: (before) => before.trim() !== '' && !before.startsWith('#'),
  phh: (_, after) => /^\s*\[\s*(?:"[^"]*"|'[^']*'|[\w-]+)\s*\]\s*(?:#.*)?\r?\n/.test(after),
};

/**
 * Where the last whole block of the text ends; 0: it has none.
 *
 * @param from no block ends before it.
 */
function lastCut(text: string, isEnd: BlockEnd, from: number): number {
  let next = text.length;
  for (let feed = text.lastIndexOf('\n'); feed > 0 && feed >= from; ) {
    const before = text.lastIndexOf('\n', feed - 1);
    if (isEnd(text.slice(before + 1, feed), text.slice(feed + 1, next + 1))) return feed + 1;
    next = feed;
    feed = before;
  }
  return 0;
}
