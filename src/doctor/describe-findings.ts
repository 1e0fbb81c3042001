/** The report as lines for people, and for pasting into a question. */
import { count } from '../io/reports/describe.js';
import { type DoctorFinding, type DoctorReport, findingsOf, type Grade, type Section } from './finding.js';

const marks: Readonly<Record<Grade, string>> = {
  ok: 'ok      ',
  note: '-       ',
  warning: 'warning ',
  problem: 'PROBLEM ',
};

const defaults = { width: 100 } as const;

export function describeSection({ title, findings }: Section): string[] {
  return [title, ...findings.flatMap(describeFinding)];
}

function describeFinding({ grade, text, advice }: DoctorFinding): string[] {
  const indent = ' '.repeat(marks[grade].length + 2);
  const [first = '', ...more] = wrapped(text, defaults.width - indent.length);
  const lines = advice === undefined ? [] : wrapped(`=> ${advice}`, defaults.width - indent.length);
  return [`  ${marks[grade]}${first}`, ...[...more, ...lines].map((line) => `${indent}${line}`)];
}

/** Words that are longer than a line stay whole: they are paths and URLs. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

/** The last line: how many things are wrong. */
export function summaryOf(report: Pick<DoctorReport, 'sections'>): string {
  const [problems, warnings] = [findingsOf(report, 'problem').length, findingsOf(report, 'warning').length];
  if (problems + warnings === 0) return 'All is well.';
  return `${count(problems, 'problem')}, ${count(warnings, 'warning')}.`;
}
