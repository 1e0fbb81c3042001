/** Hands of a page in the formats of other programs. */
import type { PackedMatch, PackedTexts } from '../../../src/playback/packed-match.js';

/** Of each hand; null: the format cannot tell it. */
async function listOf(entry: PackedTexts[string]): Promise<readonly (string | null)[]> {
  if ('texts' in entry) return entry.texts;
  const bytes = Uint8Array.from(atob(entry.packed), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return JSON.parse(await new Response(stream).text()) as (string | null)[];
}

/** The match with this hand alone, and its texts as they are; null: with all of its hands. */
export async function partOf(match: PackedMatch, index: number | null): Promise<PackedMatch> {
  if (index === null) return match;
  const texts: Record<string, PackedTexts[string]> = {};
  for (const [format, entry] of Object.entries(match.texts ?? {}))
    texts[format] = { texts: (await listOf(entry)).slice(index, index + 1) };
  return { ...match, hands: match.hands.slice(index, index + 1), texts };
}

/** Of all its hands that the format can tell. */
export async function textsIn({ texts = {} }: PackedMatch, format: string): Promise<string[]> {
  const entry = texts[format];
  return entry === undefined ? [] : (await listOf(entry)).flatMap((text) => text ?? []);
}
