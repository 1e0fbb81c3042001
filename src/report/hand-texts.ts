/** Hands of a report in the formats of other programs. */
import { deflateRawSync } from 'node:zlib';
import { type ExportTerms, exportHands } from '../histories/formats/export-hands.js';
import { unpackHand } from '../playback/packed-hand.js';
import type { PackedMatch, PackedTexts } from '../playback/packed-match.js';

/** `phh` is what `phhs` is made of. */
const formats = ['phh', 'pokerstars', 'ohh', 'acpc', 'fpdb-json'] as const satisfies ExportTerms['format'][];

/** For each hand its text in each format that can tell at least one of them. */
export function handTextsOf({ id: matchId, source, names, hands, startedAt }: PackedMatch): PackedTexts {
  const histories = hands.map((hand) => unpackHand(hand, { source, matchId, names }).hand);
  const texts: Record<string, { packed: string }> = {};
  for (const format of formats) {
    const { written } = exportHands(histories, { format, startedAt });
    if (written.length === 0) continue;
    const byHand = new Map(written.map(({ hand, text }) => [hand, text]));
    const list = JSON.stringify(histories.map((hand) => byHand.get(hand) ?? null));
    texts[format] = { packed: deflateRawSync(list, { level: 9 }).toString('base64') };
  }
  return texts;
}
