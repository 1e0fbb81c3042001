import { parseHttpDate } from '../network/retry-after.js';
import type { ServerAnswer } from './ask-server.js';
import type { DoctorContext } from './doctor-context.js';
import type { DoctorFinding } from './finding.js';

const defaults = { warnMs: 2_000 } as const;

/** How far this machine's clock is from the server's. */
export async function checkClock({ answers }: DoctorContext): Promise<DoctorFinding[]> {
  // Why there is no answer is told of by other checks.
  const found = await answers().catch(() => []);
  if (found.length === 0) return [];
  const bounds = offsetOf(found);
  if (bounds === null) {
    return [{ grade: 'note', text: 'The server does not say what time it is (no header Date).' }];
  }
  return [gradeOffset(bounds)];
}

/** The clock of this machine minus that of the server lies between these, in ms. */
interface Bounds {
  from: number;
  to: number;
}

/**
 * The header has whole seconds: the server wrote it within the second that begins there, after the question and
 * before the answer. Each further answer narrows this.
 */
export function offsetOf(
  answers: readonly Pick<ServerAnswer, 'date' | 'age' | 'sentAt' | 'receivedAt'>[],
): Bounds | null {
  let bounds: Bounds | null = null;
  for (const { date, age, sentAt, receivedAt } of answers) {
    const second = parseHttpDate(date ?? '', receivedAt);
    if (second === null) continue;
    // What a cache answers was written before, and its age has whole seconds, too.
    const begin = second + age * 1_000;
    const end = begin + (age > 0 ? 2_000 : 1_000);
    const from: number = Math.max(bounds?.from ?? Number.NEGATIVE_INFINITY, sentAt - end);
    const to: number = Math.min(bounds?.to ?? Number.POSITIVE_INFINITY, receivedAt - begin);
    // The clock was set between two answers: the newest one counts.
    bounds = from <= to ? { from, to } : { from: sentAt - end, to: receivedAt - begin };
  }
  return bounds;
}

function gradeOffset({ from, to }: Bounds): DoctorFinding {
  const offsetMs = Math.round((from + to) / 2);
  const facts = { offsetMs, uncertaintyMs: Math.round((to - from) / 2) };
  if (from <= 0 && to >= 0) {
    return { grade: 'ok', text: `It agrees with the server's to ${seconds(Math.max(-from, to))} s.`, facts };
  }
  const least = Math.min(Math.abs(from), Math.abs(to));
  const text = `It is ${seconds(Math.abs(offsetMs))} s ${offsetMs > 0 ? 'ahead of' : 'behind'} the server's.`;
  if (least < defaults.warnMs) return { grade: 'ok', text, facts };
  return {
    grade: 'warning',
    text,
    advice:
      'Turns are timed without it, but the times of fixtures and of log lines are off, and TLS fails when it is days off. Turn on the time service of this machine (NTP).',
    facts,
  };
}

const seconds = (ms: number): string => (ms / 1_000).toFixed(1);
