/** A seat whose wire nobody touches answers each of its turns in time, whatever its bot does. */
import type { SandboxEvent } from '../../src/sandbox/terms/sandbox-events.js';

export interface PunctualityJudge {
  see(event: SandboxEvent): void;
  /** From now on turns may be missed through no fault of the agent. */
  excuse(): void;
  /** One sentence for each turn that was missed. */
  readonly broken: readonly string[];
}

/** @param botOf the bot of a seat; null for one that runs in the sandbox. */
export function createPunctualityJudge(
  botOf: (matchId: string, seat: number) => string | null,
): PunctualityJudge {
  const broken: string[] = [];
  const seated = new Set<string>();
  const open = new Set<string>();
  let isExcused = false;

  return {
    broken,
    excuse() {
      isExcused = true;
    },
    see(event) {
      if (event.type === 'seat.connected') seated.add(`${event.matchId} ${event.botId}`);
      if (event.type === 'seat.disconnected') {
        seated.delete(`${event.matchId} ${event.botId}`);
        // Back in time or not: what was open then may be lost.
        open.clear();
      }
      if (event.type === 'turn.opened') {
        const botId = botOf(event.matchId, event.seat);
        if (botId !== null && seated.has(`${event.matchId} ${botId}`)) open.add(event.requestId);
      }
      if (event.type === 'turn.substituted' && open.has(event.requestId) && !isExcused) {
        broken.push(`the platform had to play ${event.requestId} for a seat that was there all the time`);
      }
    },
  };
}
