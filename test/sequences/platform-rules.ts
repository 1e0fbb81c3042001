/** What must hold on the platform whatever its clients do, judged by the events that it tells. */
import type { SandboxEvent } from '../../src/sandbox/events.js';

export interface PlatformJudge {
  see(event: SandboxEvent): void;
  /** Matches that were made and have not ended. */
  readonly live: ReadonlySet<string>;
  /** One sentence for each rule that was broken. */
  readonly broken: readonly string[];
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

  return {
    broken,
    live,
    see(event) {
      if ('matchId' in event && event.type !== 'match.created' && event.type !== 'client.deprecated') {
        const mayFollow = ['seat.disconnected', 'seat.refused', 'bot.failed'].includes(event.type);
        must(mayFollow || live.has(event.matchId), `${event.type} of a match that is not in play`);
      }
      switch (event.type) {
        case 'lobby.online':
          must(!online.has(event.botId), 'a bot came online twice');
          online.add(event.botId);
          return;
        case 'lobby.offline':
          must(online.delete(event.botId), 'a bot went offline that was not online');
          return;
        case 'match.created':
          must(!live.has(event.matchId), 'a match was made twice');
          live.add(event.matchId);
          return;
        case 'match.ended':
          live.delete(event.matchId);
          return;
        case 'seat.connected': {
          const seat = `${event.botId} in ${event.matchId}`;
          must(!seated.has(seat), 'a seat has two connections');
          seated.add(seat);
          return;
        }
        case 'seat.disconnected':
          seated.delete(`${event.botId} in ${event.matchId}`);
          return;
        case 'turn.opened':
          must(!turns.has(event.requestId), 'a turn was opened twice');
          turns.add(event.requestId);
          return;
        case 'hand.ended': {
          const total = event.stacks.reduce((sum, stack) => sum + stack, 0);
          must(
            total === (chips.get(event.matchId) ?? total),
            `chips came or went: ${event.stacks.join(', ')}`,
          );
          chips.set(event.matchId, total);
          return;
        }
        case 'bot.failed':
          must(false, `the house bot ${event.name} failed in ${event.hook}: ${String(event.error)}`);
          return;
        case 'platform.fault':
          must(
            false,
            `platform fault in ${event.where}: ${String((event.error as Error)?.stack ?? event.error)}`,
          );
          return;
        case 'chaos':
          if (event.event.type === 'proxy.fault') {
            must(false, `proxy fault in ${event.event.where}: ${String(event.event.error)}`);
          }
      }
    },
  };
}
