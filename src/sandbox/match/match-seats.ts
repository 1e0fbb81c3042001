/** Gives every player a seat. */
import { randomUUID } from 'node:crypto';
import type { Timers } from '../../time/timers.js';
import type { Player } from '../terms/players.js';
import type { EmitSandbox } from '../terms/sandbox-events.js';
import type { Settings } from '../terms/sandbox-options.js';
import type { Dialect } from '../wire/dialect.js';
import { type Barred, createGatewaySeat, type GatewaySeat } from './gateway-seat.js';
import { createHouseSeat } from './house-seat.js';
import type { Answer, Seat } from './seat.js';

export interface SeatingOptions {
  matchId: string;
  players: readonly Player[];
  settings: Settings;
  dialect: Dialect;
  timers: Timers;
  emit: EmitSandbox;
  participantIds?: readonly string[];
  answerOf: (seat: number) => Answer;
  /** A house bot has no answer to this turn. */
  onGivenUp: (requestId: string) => void;
  onBotFailed: (seat: number, hook: string) => void;
  onPresent: (seat: Seat) => void;
  onAway: (seat: Seat) => void;
  onLost: (seat: number, why: Barred) => void;
}

export function seatPlayers(options: SeatingOptions): { seats: Seat[]; remoteSeats: GatewaySeat[] } {
  // What outlives the match must not hold on to `options`, and with it to the bots of the players.
  const { matchId, players, settings, dialect, timers, emit, answerOf } = options;
  const { participantIds, onGivenUp, onBotFailed, onPresent, onAway, onLost } = options;
  const remoteSeats: GatewaySeat[] = [];
  const seats = players.map((player, index): Seat => {
    const common = {
      index,
      participantId: participantIds?.[index] ?? randomUUID(),
      matchId,
      answer: answerOf(index),
    };
    if (player.kind === 'house') {
      const { name, bot } = player;
      return createHouseSeat({
        ...common,
        name,
        bot,
        now: () => timers.now(),
        onWallClock: (at) => timers.onWallClock(at),
        giveUp: onGivenUp,
        onFailed(hook, error) {
          onBotFailed(index, hook);
          emit({ type: 'bot.failed', matchId, name, hook, error });
        },
      });
    }
    const { botId, name } = player.bot;
    const seat: GatewaySeat = createGatewaySeat({
      ...common,
      name,
      botId,
      timers,
      dialect,
      settings,
      onPresent(resumed) {
        emit({ type: 'seat.connected', matchId, botId, resumed });
        onPresent(seat);
      },
      onAway(code, reason) {
        onAway(seat);
        emit({ type: 'seat.disconnected', matchId, botId, code, reason });
      },
      onLost: (why) => onLost(index, why),
    });
    remoteSeats.push(seat);
    return seat;
  });
  return { seats, remoteSeats };
}
