/** Plays an exchange of the platform's own test harness with the bot. */
import type { TurnAction } from '../protocol/frames.js';
import type { BotFinding } from './check-report.js';
import type { ConformanceScenario } from './scenarios/conformance.js';
import { type SeatedMatch, type SeatTerms, type Sightings, seatBot } from './seated-match.js';

const defaults = {
  clockMs: 5_000,
  /** How long an answer to a rejection is awaited. The agent has it at once. */
  rejectedMs: 1_000,
  /** As the harness has them. */
  actions: ['fold', 'check', 'call', 'raise', 'all_in'],
  safeActions: ['check', 'fold'],
} as const;

export async function playConformance(
  { id, script }: ConformanceScenario,
  { bot, clock, onSeated }: Pick<SeatTerms, 'bot' | 'clock'> & { onSeated?: (seated: SeatedMatch) => void },
): Promise<Sightings> {
  const seated = await seatBot({ matchId: `check-${id}`, bot, clock, clockMs: defaults.clockMs });
  onSeated?.(seated);
  const { match, turns, findings } = seated;
  const note = (message: string, requestId: string): void => void findings.push(noAnswer(message, requestId));
  let expected = 0;
  try {
    for (const step of script) {
      if ('ask' in step) {
        expected += 1;
        const { action } = await seated.askFrame(step.ask);
        if (!includes(defaults.actions, action))
          note(`"${action}" is no action of poker.`, step.ask.request_id);
      } else if ('reject' in step) {
        expected += 1;
        const next = await match.provoke(step.reject, defaults.rejectedMs);
        const wrong = wrongAfter(next, step.reject.request_id);
        if (wrong !== null) note(wrong, step.reject.request_id);
      } else if (step.send['type'] === 'match_end') await match.end(step.send);
      else match.send(step.send);
    }
    const sent = match.actions.length;
    if (sent !== expected) note(`${sent} actions were sent in place of ${expected}.`, '');
  } finally {
    match.stop();
  }
  return { turns, findings };
}

function wrongAfter(next: TurnAction | null, requestId: string): string | null {
  if (next === null) return 'A rejected answer was not followed by another one.';
  if (next.request_id !== requestId) return `A rejected answer was followed by one to ${next.request_id}.`;
  return includes(defaults.safeActions, next.action)
    ? null
    : `A rejected answer was followed by ${next.action}, not by a check or a fold.`;
}

const includes = (list: readonly string[], text: string): boolean => list.includes(text);

const noAnswer = (message: string, requestId: string): BotFinding => ({
  code: 'no_answer',
  weight: 'costs',
  message,
  hook: null,
  requestId,
});
