/** Reads the hands of a file, whatever it is of what we can read: its text tells. */
import { readAcpc } from './acpc-read.js';
import { readFpdbJson } from './fpdb-json.js';
import { readOhh } from './ohh-read.js';
import { readPhh } from './phh-read.js';
import { isPlatformRecord, readPlatformRecord } from './platform-record.js';
import { readPokerStars } from './pokerstars-read.js';
import type { ReadHistories } from './read-blocks.js';

/** What a file can be. */
export type FileKind = 'pokerstars' | 'acpc' | 'fpdb-json' | 'ohh' | 'record' | 'phh';

export interface FileTerms {
  /** For records of the platform, which do not tell theirs. */
  readonly matchId: string | null;
  /** The text of a game definition, for ACPC lines. Default: none. */
  readonly game?: string | null;
  /**
   * What every seat began the match with: `/hands` tells no stacks, and with this they are counted on from its first hand.
   * Default: not known.
   */
  readonly startingStack?: number | null;
  /** What the text is. Default: what its first lines tell. */
  readonly kind?: FileKind | null;
}

/** The hands, and as what they were read; `kind` is null for a text that is none of what we read, which is one refused block. */
export function readHistories(
  text: string,
  terms: FileTerms,
): ReadHistories & { readonly kind: FileKind | null } {
  const kind = terms.kind ?? kindOfText(text);
  switch (kind) {
    case 'pokerstars':
      return { kind, ...readPokerStars(text) };
    case 'acpc':
      return { kind, ...readAcpc(text, terms.game) };
    case 'fpdb-json':
      return { kind, ...readFpdbJson(text) };
    case 'ohh':
      return { kind, ...readOhh(text) };
    case 'record':
      return { kind, ...readPlatformRecord(text, terms) };
    case 'phh':
      return { kind, ...readPhh(text) };
    case null:
      return { kind, ...unknown(text) };
  }
}

const headers: readonly (readonly [FileKind, RegExp])[] = [
  ['pokerstars', /^PokerStars (?:Zoom |Home Game )?(?:Hand|Game) #/m],
  ['acpc', /^(?:MATCH)?STATE:/m],
  ['fpdb-json', /^\{[^\n]*"schema"\s*:\s*"fpdb-chipzen-hand\//m],
  ['ohh', /^\s*\{\s*"ohh"\s*:/m],
  ['phh', /^\s*variant\s*=/m],
];

/** Null for a text that is none of what is read. */
export function kindOfText(text: string): FileKind | null {
  const plain = text.replace(/^\uFEFF/, '');
  const found = headers.find(([, header]) => header.test(plain));
  if (found !== undefined) return found[0];
  return isPlatformRecord(plain) ? 'record' : null;
}

function unknown(text: string): ReadHistories {
  const isEmpty = text.replace(/^\uFEFF/, '').trim() === '';
  const why =
    "It is none of what is read: PHH, PokerStars text, Open Hand History, ACPC lines, fpdb-json, or a record of the platform's.";
  return {
    blocks: isEmpty ? 0 : 1,
    hands: [],
    refused: isEmpty ? [] : [{ position: 1, handNumber: null, code: 'unreadable', why }],
    remarks: new Map(),
  };
}
