import { ServerSilence } from './ask-server.js';
import type { DoctorContext } from './doctor-context.js';
import type { DoctorFinding } from './finding.js';
import { describeFailureCode } from './network-words.js';

const defaults = { slowMs: 500 } as const;

/** How long the server takes to answer. */
export async function checkRoundTrip({
  settings: { server },
  limits,
  answers,
}: DoctorContext): Promise<DoctorFinding[]> {
  if (server === null) return [];
  try {
    const times = (await answers()).map(({ roundTripMs }) => Math.round(roundTripMs));
    if (times.length === 0) return [];
    const [best, worst] = [Math.min(...times), Math.max(...times)];
    const text = `${server.host} answers in ${best === worst ? best : `${best} to ${worst}`} ms.`;
    const facts = { bestMs: best, worstMs: worst };
    if (best <= defaults.slowMs) return [{ grade: 'ok', text, facts }];
    return [
      {
        grade: 'warning',
        text,
        advice:
          'A clock of 2 s leaves a bot little time at this distance: play from a machine nearer to the server.',
        facts,
      },
    ];
  } catch (error) {
    if (!(error instanceof ServerSilence)) throw error;
    // The other stages have checks of their own.
    if (error.stage !== 'waiting') return [];
    const { text, advice } =
      error.reason === null ? mute(limits.serverMs) : describeFailureCode(error.reason, error.message);
    return [
      {
        grade: 'problem',
        code: 'lobby_unreachable',
        text: `${server.host} does not answer: ${text}.`,
        advice,
      },
    ];
  }
}

const mute = (limitMs: number) => ({
  text: `it takes the connection and says nothing for ${limitMs / 1_000} s`,
  advice: 'Check the port, or wait until the server is well again.',
});
