/** What an import says of each file; many files of a folder are one line. */
import { dirname } from 'node:path';
import type { FileReport } from '../../histories/collection/read-hand-file.js';
import { count } from '../../io/reports/describe.js';
import { printable, type Redact } from '../../protocol/redact.js';
import { countsByCode } from './hand-files.js';

const defaults = {
  /** A folder with more files of a kind has one line for all of them. */
  maxFiles: 12,
  maxNameLength: 200,
} as const;

export interface ImportTerms {
  /** Hands that were cut off, by the file that tells them. */
  readonly unfinished: ReadonlyMap<string, number>;
  readonly redact: Redact;
}

const keyOf = ({ file, kind }: FileReport): string => `${dirname(file)}\n${kind}`;

export function importLines(reports: readonly FileReport[], terms: ImportTerms): string[] {
  const groups = new Map<string, FileReport[]>();
  for (const report of reports) groups.set(keyOf(report), [...(groups.get(keyOf(report)) ?? []), report]);
  return reports.flatMap((report) => {
    const group = groups.get(keyOf(report)) ?? [];
    if (group.length <= defaults.maxFiles) return [fileLine(report, terms)];
    return group[0] === report ? [folderLine(report, group, terms)] : [];
  });
}

/** All files. */
export const totalLine = (reports: readonly FileReport[]): string =>
  `${count(reports.length, 'file')}: ${countsText(reports)}`;

function fileLine(report: FileReport, terms: ImportTerms): string {
  const { file, kind, toldBy } = report;
  const name = `${nameOf(file, terms)}${kind === null ? '' : ` (${kind})`}`;
  if (toldBy !== undefined) return `${name}: the hands of this match are those of ${nameOf(toldBy, terms)}`;
  return `${name}: ${countsText([report])}${cutOffText([report], terms)}`;
}

function folderLine({ file, kind }: FileReport, group: readonly FileReport[], terms: ImportTerms): string {
  const others = group.filter(({ toldBy }) => toldBy !== undefined).length;
  const files = count(group.length, kind === null ? 'file' : `${kind} file`);
  const again = others === 0 ? '' : `, ${count(others, 'file')} of matches that another one tells`;
  return `${nameOf(dirname(file), terms)} (${files}): ${countsText(group)}${cutOffText(group, terms)}${again}`;
}

const nameOf = (path: string, { redact }: ImportTerms): string =>
  printable(path, defaults.maxNameLength, redact);

function cutOffText(reports: readonly FileReport[], { unfinished }: ImportTerms): string {
  const cutOff = reports.reduce((sum, { file }) => sum + (unfinished.get(file) ?? 0), 0);
  return cutOff > 0 ? `, ${cutOff} not finished` : '';
}

function countsText(reports: readonly FileReport[]): string {
  const sumOf = (part: (report: FileReport) => number): number =>
    reports.reduce((sum, report) => sum + part(report), 0);
  const refused = reports.flatMap((report) => report.refused);
  const causes = Object.entries(countsByCode(refused)).map(([code, times]) => `${times} ${code}`);
  const repeated = sumOf((report) => report.repeated);
  return [
    count(
      sumOf(({ blocks }) => blocks),
      'block',
    ),
    `${sumOf(({ hands }) => hands)} read`,
    `${refused.length} refused${causes.length > 0 ? ` (${causes.join(', ')})` : ''}`,
    ...(repeated > 0 ? [`${repeated} there twice`] : []),
  ].join(', ');
}
