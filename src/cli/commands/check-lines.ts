/** The report of a check in words. */

import { checkAdvice } from '../../check/check-advice.js';
import type {
  BotFinding,
  CheckFigures,
  CheckPart,
  CheckReport,
  FindingWeight,
} from '../../check/check-report.js';
import { wordsOf } from '../../check/sameness.js';
import { count } from '../../io/reports/describe.js';
import { printable, type Redact } from '../../protocol/redact.js';

const defaults = {
  columns: 80,
  maxMessageLength: 300,
  groupWidth: 11,
  statusWidth: 6,
  maxPlaces: 4,
} as const;

const marks: Readonly<Record<CheckPart['status'], string>> = {
  passed: 'ok',
  warned: 'warn',
  failed: 'FAIL',
  skipped: '-',
};

const headings: readonly (readonly [FindingWeight, string])[] = [
  ['costs', 'What costs chips'],
  ['warning', 'What may cost chips elsewhere'],
  ['told', 'What else was seen'],
];

/** @param redact masks secrets: a bot may print or throw what it likes. */
export function checkLines(file: string, report: CheckReport, redact: Redact): string[] {
  const { parts, figures } = report;
  const lines = [...partLines(parts), '', ...figureLines(figures)];
  let number = 0;
  for (const [weight, heading] of headings) {
    const kinds = kindsOf(parts, weight);
    if (kinds.length === 0) continue;
    lines.push('', heading);
    for (const kind of kinds) {
      number += 1;
      lines.push('', ...kindLines(number, kind));
    }
  }
  lines.push('', ...wrap(verdictOf(file, report), ''));
  return lines.map((line) => printable(line, defaults.maxMessageLength, redact));
}

function partLines(parts: readonly CheckPart[]): string[] {
  let shown = '';
  return parts.flatMap(({ group, status, title, why }) => {
    const head = group === shown ? '' : group;
    shown = group;
    const line = `${head.padEnd(defaults.groupWidth)}${marks[status].padEnd(defaults.statusWidth)}${title}`;
    return why === null || status !== 'skipped' ? [line] : [line, ...wrap(why, indent)];
  });
}

const indent = ' '.repeat(defaults.groupWidth + defaults.statusWidth);

function figureLines(figures: CheckFigures): string[] {
  const { startMs, firstDecisionMs, decisions, p50Ms, maxMs, heldMs, memoryMb, memoryLimitMb } = figures;
  const facts = [
    startMs !== null && `made in ${(startMs / 1_000).toFixed(1)} s`,
    firstDecisionMs !== null && `first decision in ${firstDecisionMs} ms`,
    p50Ms !== null && `${decisions} decisions, half of them within ${p50Ms} ms and all within ${maxMs} ms`,
    heldMs !== null && `its thread held for ${heldMs} ms at most`,
    memoryMb !== null && `${memoryMb} MB in use${memoryLimitMb === null ? '' : ` of ${memoryLimitMb}`}`,
    figures.hands > 0 && `${count(figures.hands, 'hand')} against itself`,
    `checked in ${(figures.durationMs / 1_000).toFixed(0)} s`,
  ];
  return wrap(`${facts.filter((fact) => fact !== false).join('; ')}.`, '');
}

/** Findings that are one fault: the same in several places. */
interface FaultKind {
  finding: BotFinding;
  times: number;
  /** Ids of parts. */
  places: string[];
}

/** Requests, times and amounts are not the same from one place to another. */
const kindOf = ({ code, hook, message, place }: BotFinding): string =>
  /^raise_|^no_amount|^not_offered/.test(code)
    ? code
    : `${code} ${hook} ${place} ${message.replaceAll(/\d+/g, '#')}`;

function kindsOf(parts: readonly CheckPart[], weight: FindingWeight): FaultKind[] {
  const kinds = new Map<string, FaultKind>();
  for (const { id, findings } of parts) {
    for (const finding of findings) {
      if (finding.weight !== weight) continue;
      const kind = kinds.get(kindOf(finding)) ?? { finding, times: 0, places: [] };
      kind.times += 1;
      if (!kind.places.includes(id)) kind.places.push(id);
      kinds.set(kindOf(finding), kind);
    }
  }
  return [...kinds.values()];
}

function kindLines(number: number, { finding, times, places }: FaultKind): string[] {
  const { code, hook, message, sent, place } = finding;
  const where = hook === null || message.startsWith(hook) ? '' : `in ${hook}: `;
  const instead = sent === undefined ? '' : ` Sent: ${wordsOf({ answer: sent })}.`;
  const more = places.length - defaults.maxPlaces;
  const named = places.slice(0, defaults.maxPlaces).join(', ') + (more > 0 ? ` and ${more} more` : '');
  const often = times === 1 ? `Once, in ${named}.` : `${times} times, in ${named}.`;
  return [
    ...wrap(`${number}. ${code}: ${where}${sentence(message)}${instead}`, '   ').map((line, at) =>
      at === 0 ? line.trimStart() : line,
    ),
    ...(place === undefined ? [] : [`   ${place}`]),
    ...wrap(often, '   '),
    ...wrap(checkAdvice[code], '   '),
  ];
}

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

function verdictOf(file: string, { passed, finished, parts }: CheckReport): string {
  const faults = kindsOf(parts, 'costs').length;
  const left = finished ? '' : ' The time was over before the end: give more with --time-limit.';
  if (faults > 0) {
    return `${file}: ${faults === 1 ? 'one fault costs' : `${faults} faults cost`} chips.${left}`;
  }
  return passed
    ? `${file}: nothing was found that costs chips.`
    : `${file}: not everything was checked.${left}`;
}

/** Lines of at most 80 columns. */
function wrap(text: string, before: string): string[] {
  const lines: string[] = [];
  let line = before;
  for (const word of text.split(/\s+/)) {
    if (line.length + word.length + 1 > defaults.columns && line.trim() !== '') {
      lines.push(line);
      line = before;
    }
    line += line === before ? word : ` ${word}`;
  }
  return [...lines, line];
}
