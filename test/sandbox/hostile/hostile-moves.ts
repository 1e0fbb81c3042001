/** Everything that clients, networks and whoever runs a platform can do to one match, drawn by chance. */

import { createRandom } from '../../../src/chance/random.js';
import type { ForcedEnd } from '../../../src/sandbox/terms/disturbances.js';
import type { Frame } from '../../kit/client.js';
import { type FakeClient, openOfflinePlatform } from './hostile-platform.js';

/** One bot of the match: where it is, and what it remembers. */
export interface Player {
  readonly botId: string;
  readonly token: string;
  readonly seat: number;
  readonly participantId: string;
  lobby: FakeClient | null;
  /** Its connections to the match, the newest last. */
  readonly dials: FakeClient[];
  /** The turn it was asked for last, until it is over. */
  turn: Frame | null;
  lastTurn: Frame | null;
}

/** A match of two to six remote bots that was just made; nobody is there yet. */
export function openHostileMatch(seed: string) {
  const random = createRandom(seed);
  const draw = (below: number): number => Math.floor(random() * below);
  const pick = <T>(list: readonly [T, ...T[]] | readonly T[]): T => list[draw(list.length)] as T;
  const seats = 2 + draw(5);
  const revealDelays: [number, number][] = [
    [0, 0],
    [100, 500],
  ];
  const platform = openOfflinePlatform({
    seed,
    startingStack: pick([10, 40, 200]),
    ante: pick([0, 0, 1]),
    maxHands: pick([1, 3, 1_000]),
    revealDelayMs: pick(revealDelays),
    maxReconnects: pick([0, 1, 3, 1_000]),
    dispatchDelayMs: pick([0, 0, 10_000]),
    legacy: draw(4) === 0,
  });
  const bots = platform.addBots(seats);
  const run = platform.start(bots.map(({ bot }) => bot.botId));
  const { matchId } = run;
  let announcedTooLate = 0;
  const players = bots.map(
    ({ bot, token }, seat): Player => ({
      botId: bot.botId,
      token,
      seat,
      participantId: run.seats[seat]?.participantId ?? '',
      lobby: null,
      dials: [],
      turn: null,
      lastTurn: null,
    }),
  );

  function remember(player: Player, frame: Frame): void {
    if (frame.type === 'turn_request') player.turn = frame;
    if (frame.type === 'reconnected') player.turn = frame['pending_request'] as Frame | null;
    if (frame.type !== 'turn_result' || frame['seat'] !== player.seat) return;
    player.lastTurn = player.turn;
    player.turn = null;
  }

  function dial(player: Player, token = player.token): void {
    const client = platform.dial(matchId, player.participantId, token);
    client.onFrame = (frame) => remember(player, frame);
    player.dials.push(client);
  }

  function authenticate({ dials }: Player): void {
    dials.at(-1)?.say({ type: 'authenticate', match_id: matchId, token: '' });
  }

  function greet({ dials }: Player): void {
    dials.at(-1)?.say({ type: 'hello', match_id: matchId, supported_versions: ['1.0'] });
  }

  function sitDown(player: Player): void {
    dial(player);
    authenticate(player);
    platform.settle();
    greet(player);
  }

  /** On any of its connections, the old ones included. */
  function answer({ dials }: Player, turn: Frame | null): void {
    if (turn === null || dials.length === 0) return;
    const action = pick([...(turn['valid_actions'] as string[]), pick(['fold', 'check', 'call', 'dance'])]);
    const amount = pick([0, 1, 20, 1_000_000, -5, 0.5]);
    const { request_id } = turn;
    const params = draw(3) > 0 && { params: { amount } };
    pick(dials).say({ type: 'turn_action', match_id: matchId, request_id, action, ...params });
  }

  const moves = {
    goOnline() {
      const player = pick(players);
      player.lobby = platform.goOnline(player.botId, player.token);
      player.lobby.onFrame = ({ type }) => {
        if (type === 'matched' && run.state === 'ended') announcedTooLate += 1;
      };
    },
    leaveLobby: () => pick(players).lobby?.gone(pick([1000, 1006])),
    dial: () => dial(pick(players)),
    dialWithTheTokenOfAnother: () => dial(pick(players), pick(players).token),
    authenticate: () => authenticate(pick(players)),
    greet: () => greet(pick(players)),
    sitDown: () => sitDown(pick(players)),
    drop: () =>
      pick(players)
        .dials.findLast(({ isOpen }) => isOpen)
        ?.gone(pick([1000, 1006])),
    vanish() {
      const client = pick(players).dials.at(-1);
      if (client !== undefined) client.answers = false;
    },
    everybodyAnswers() {
      for (const player of players) answer(player, player.turn);
    },
    answerTwice() {
      const player = pick(players);
      answer(player, player.lastTurn);
    },
    garbage() {
      const texts = ['[', '{}', '{"type":"pong"}', '{"type":"turn_action"}', '{"type":"__proto__"}'];
      pick(players).dials.at(-1)?.say(pick(texts));
    },
    restart() {
      for (const client of platform.clients) client.gone(1012, 'service restart');
    },
    revoke() {
      const token = platform.accounts.token(pick(players).token);
      if (token !== undefined && draw(20) === 0) platform.lobby.revoke(token);
    },
    forceNow: () => run.force(pick<ForcedEnd>(['cancelled', 'error', 'gateway', 'abandoned'])),
    force: () => draw(20) === 0 && moves.forceNow(),
    passAMoment: () => platform.pass(pick([1, 50, 100, 500, 1_000])),
    passATurn: () => platform.pass(5_000),
    passAGrace: () => platform.pass(30_000),
    passManyTurns: () => draw(4) === 0 && platform.pass(200_000, 1_000),
  };
  const names = Object.keys(moves) as (keyof typeof moves)[];
  const usual = [
    ...names.filter((name) => name !== 'forceNow'),
    ...([
      'everybodyAnswers',
      'everybodyAnswers',
      'everybodyAnswers',
      'passAMoment',
      'passAMoment',
      'sitDown',
    ] as const),
  ];
  /** What a listener may do in the middle of whatever is going on; time does not pass there. */
  const meddling = names.filter((name) => !name.startsWith('pass') && name !== 'sitDown');

  return {
    platform,
    run,
    players,
    chips: seats * platform.settings.startingStack,
    draw,
    /** Announcements of the match after its end. */
    get announcedTooLate() {
      return announcedTooLate;
    },
    seatEverybody() {
      platform.pass(platform.settings.dispatchDelayMs);
      for (const player of players) sitDown(player);
    },
    step() {
      moves[pick(usual)]();
      platform.settle();
    },
    meddle: () => moves[pick(meddling)](),
    everybodyLeaves() {
      for (const client of platform.clients) client.gone();
      platform.settle();
      platform.pass(600_000, 1_000);
    },
  };
}

export type HostileMatch = ReturnType<typeof openHostileMatch>;
