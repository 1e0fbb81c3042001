/** Tells the service manager how a session stands. */

import { count } from '../../io/reports/describe.js';
import type { Agent } from '../../io/settings/agent-options.js';
import { liveMatches } from '../../machines/lobby.js';
import { createNotifier, type Notifier } from '../../service/notifier.js';
import type { CliIo } from '../surroundings/surroundings.js';

/** @returns null where nobody listens. */
export function tellManager(
  agent: Agent,
  { env, clock }: Pick<CliIo, 'env' | 'clock'>,
  onTrouble: (message: string) => void,
): Notifier | null {
  const notifier = createNotifier({ env, clock, onTrouble, standing: () => standingOf(agent) });
  if (notifier === null) return null;
  let isReady = false;
  agent.on((event) => {
    // The bot is made, and the session has begun, whether or not anybody answers.
    if (!isReady && (event.type === 'lobby.connecting' || event.type === 'lobby.left')) {
      isReady = true;
      notifier.ready();
    }
    // Not when another session has the lobby: live matches may then take longer than the time that a stop has.
    if (event.type === 'lobby.draining' && event.reason !== 'handed_over') notifier.stopping();
  });
  return notifier;
}

/** `in the lobby, 2 matches live`. */
function standingOf({ actor }: Agent): string {
  const snapshot = actor.getSnapshot();
  const where = snapshot.matches('listening')
    ? 'in the lobby'
    : snapshot.matches('away')
      ? `out of the lobby: ${snapshot.context.awayWhy ?? ''}`
      : snapshot.matches('draining') || snapshot.status !== 'active'
        ? 'ending'
        : 'on the way to the lobby';
  return `${where}, ${count(liveMatches(snapshot).size, 'match')} live`;
}
