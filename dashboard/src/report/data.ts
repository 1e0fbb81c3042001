/** The data of this page, and the page itself as a file with other data. */
import type { PackedMatch } from '../../../src/playback/packed-match.js';
import type { PageData } from '../../../src/report/page-data.js';
import { pageFile } from '../../../src/report/page-file.js';

/** As it was loaded: nothing is drawn in it yet. To be called first. */
export function readPage(): { data: PageData | null; page: string } {
  const page = `<!doctype html>\n${document.documentElement.outerHTML}\n`;
  const text = document.getElementById('report-data')?.textContent ?? '';
  // The file that the package ships has no data.
  return { page, data: text.trim() === '' ? null : (JSON.parse(text) as PageData) };
}

/** A file with this match alone. */
export function pageOfMatch(
  page: string,
  data: Omit<PageData, 'statistics' | 'matches' | 'totalHands'>,
  match: PackedMatch,
): string {
  return pageFile(page, { ...data, statistics: null, matches: [match], totalHands: match.hands.length });
}
