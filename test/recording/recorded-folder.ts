/** What a test finds in a folder of recordings. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LineCounts } from '../../src/recording/json-lines.js';
import { readRecording, readResults } from '../../src/recording/read-recording.js';
import type {
  RecordedResult,
  RecordingHeader,
  RecordingRecord,
} from '../../src/recording/recording-shape.js';

export const namesIn = (folder: string): string[] => readdirSync(folder).toSorted();

/** The recordings of matches, without those of sessions. */
export const matchNamesIn = (folder: string): string[] =>
  namesIn(folder).filter((name) => name !== 'results.jsonl' && !name.startsWith('session-'));

export async function recordsIn(
  path: string,
): Promise<{ header: RecordingHeader | null; records: RecordingRecord[]; counts: LineCounts }> {
  const recording = await readRecording(path);
  const records: RecordingRecord[] = [];
  for await (const record of recording.records()) records.push(record);
  return { header: recording.header, records, counts: recording.counts };
}

export async function resultsIn(folder: string): Promise<RecordedResult[]> {
  const results: RecordedResult[] = [];
  for await (const result of readResults(join(folder, 'results.jsonl')).results()) results.push(result);
  return results;
}

/** All bytes of a folder, to look for what must not be there. */
export const allTextIn = (folder: string): string =>
  namesIn(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('');
