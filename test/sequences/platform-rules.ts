/** What must hold on the platform whatever its clients do, judged by the events that it tells. */
import type { SandboxEvent } from '../../src/sandbox/terms/sandbox-events.js';

export interface PlatformJudge {
  see(event: SandboxEvent): void;
  /** Matches that were made and have not ended. */
  readonly live: ReadonlySet<string>;
  /** One sentence for each rule that was broken. */
  readonly broken: readonly string[];
}

type Rules = {
  [T in SandboxEvent['type']]?: (event: Extract<SandboxEvent, { type: T }>) => void;
};

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

export function createPlatformJudge(): PlatformJudge {
  const broken: string[] = [];
  const online = new Set<string>();
  const seated = new Set<string>();
  const live = new Set<string>();
  const turns = new Set<string>();
  const chips = new Map<string, number>();

  const must = (holds: boolean, what: string): void => {
    if (!holds) broken.push(what);
  };

  const rules: Rules = {
    'lobby.online'({ botId }) {
      must(!online.has(botId), 'a bot came online twice');
      online.add(botId);
    },
    'lobby.offline': ({ botId }) => must(online.delete(botId), 'a bot went offline that was not online'),
    'match.created'({ matchId }) {
      must(!live.has(matchId), 'a match was made twice');
      live.add(matchId);
    },
    'match.ended': ({ matchId }) => void live.delete(matchId),
    'seat.connected'({ matchId, botId }) {
      const seat = `${botId} in ${matchId}`;
      must(!seated.has(seat), 'a seat has two connections');
      seated.add(seat);
    },
    'seat.disconnected': ({ matchId, botId }) => void seated.delete(`${botId} in ${matchId}`),
    'turn.opened'({ requestId }) {
      must(!turns.has(requestId), 'a turn was opened twice');
      turns.add(requestId);
    },
    'hand.ended'({ matchId, stacks }) {
      const total = stacks.reduce((sum, stack) => sum + stack, 0);
      must(total === (chips.get(matchId) ?? total), `chips came or went: ${stacks.join(', ')}`);
      chips.set(matchId, total);
    },
    'bot.failed': ({ name, hook, error }) =>
      must(false, `the house bot ${name} failed in ${hook}: ${describe(error)}`),
    'platform.fault': ({ where, error }) => must(false, `platform fault in ${where}: ${describe(error)}`),
    chaos({ event }) {
      if (event.type !== 'proxy.fault') return;
      must(false, `proxy fault in ${event.where}: ${describe(event.error)}`);
    },
  };

  return {
    broken,
    live,
    see(event) {
      if ('matchId' in event && event.type !== 'match.created' && event.type !== 'client.deprecated') {
        const mayFollow = ['seat.disconnected', 'seat.refused', 'bot.failed'].includes(event.type);
        must(mayFollow || live.has(event.matchId), `${event.type} of a match that is not in play`);
      }
      const rule = rules[event.type] as ((event: SandboxEvent) => void) | undefined;
      rule?.(event);
    },
  };
}
