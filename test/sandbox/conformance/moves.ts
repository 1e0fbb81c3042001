/** What a seat does in play, and how its frames are read. */
import type { Client, Frame, Json } from '../../kit/client.js';
import type { Seat } from './platform.js';

export function answerTurn(client: Client, turn: Frame, action: string, amount?: number): void {
  const { match_id, request_id } = turn;
  const params = amount === undefined ? {} : { params: { amount } };
  client.say({ type: 'turn_action', match_id, request_id, action, ...params });
}

/** Waits for the seat's turn and answers it; resolves with the turn. */
export async function takeTurn(seat: Seat, action: string, amount?: number): Promise<Frame> {
  const turn = await seat.client.until('turn_request');
  answerTurn(seat.client, turn, action, amount);
  return turn;
}

/** Waits until the next hand is dealt to everybody; the seats in order of their positions, the button first. */
export async function deal(seats: readonly Seat[]): Promise<{ byPosition: Seat[]; starts: Frame[] }> {
  const starts = await Promise.all(seats.map(({ client }) => client.until('round_start')));
  const dealer = Number(stateOf(starts[0])['dealer_seat']);
  return { byPosition: [...seats.slice(dealer), ...seats.slice(0, dealer)], starts };
}

export const offers = (turn: Frame, action: string) => (turn['valid_actions'] as string[]).includes(action);
export const stateOf = (frame: Frame | undefined) => (frame?.['state'] ?? {}) as Json;
export const resultOf = (frame: Frame | undefined) => (frame?.['result'] ?? {}) as Json;

/** Checks or calls until the match, or the number of hands that is given, is over; the last frame that was taken. */
export async function checkAndCall(client: Client, until = 'match_end'): Promise<Frame> {
  for (;;) {
    const frame = await client.next();
    if (frame.type === until) return frame;
    if (frame.type === 'turn_request') answerTurn(client, frame, offers(frame, 'check') ? 'check' : 'call');
  }
}
