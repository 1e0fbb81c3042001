/** Gives every player a seat. */
import { randomUUID } from 'node:crypto';
import type { Timers } from '../../time/timers.js';
import type { Player } from '../terms/players.js';
import type { Settings } from '../terms/sandbox-options.js';
import type { Dialect } from '../wire/dialect.js';
import { createGatewaySeat, type GatewaySeat } from './gateway-seat.js';
import { createHouseSeat } from './house-seat.js';
import type { Seat, SeatObserver } from './seat.js';

export interface SeatingOptions {
  matchId: string;
  players: readonly Player[];
  settings: Settings;
  dialect: Dialect;
  timers: Timers;
  participantIds?: readonly string[];
  observer: SeatObserver;
}

export function seatPlayers(options: SeatingOptions): { seats: Seat[]; remoteSeats: GatewaySeat[] } {
  const { matchId, players, settings, dialect, timers, participantIds, observer } = options;
  const remoteSeats: GatewaySeat[] = [];
  const seats = players.map((player, index): Seat => {
    const common = { index, participantId: participantIds?.[index] ?? randomUUID(), matchId, observer };
    if (player.kind === 'house') {
      const { name, bot } = player;
      return createHouseSeat({ ...common, name, bot, timers });
    }
    const seat = createGatewaySeat({ ...common, ...player.bot, timers, dialect, settings });
    remoteSeats.push(seat);
    return seat;
  });
  return { seats, remoteSeats };
}
