/** Follows a local platform: every table from above, with all cards face up. */

import type { TableFact } from '../holdem/facts.js';
import { shortText } from '../playback/page-seat.js';
import { describeEnd } from '../protocol/events.js';
import type { MatchEnd } from '../protocol/frames.js';
import { createLatencyBars } from '../report/latency-bars.js';
import type { Sandbox } from '../sandbox/sandbox.js';
import type { SandboxEvent } from '../sandbox/terms/sandbox-events.js';
import { noCounts } from '../session-view/counts.js';
import { toldApart } from '../session-view/told-apart.js';
import { type Times, timesOf } from '../time/clock.js';
import { createBoard, type MatchEntry, type UnnumberedRow } from './board.js';
import { tellingOfSandbox } from './describe-sandbox-event.js';
import { createFactTable, type FactTable } from './fact-table.js';
import { type Handlers, handle } from './handlers.js';
import type { SessionView } from './page-view.js';
import { createSessionHands } from './session-hands.js';
import type { Source } from './source.js';

/** Of a match; hands are counted for the platform only. */
const { hands: _hands, ...nothingCounted } = noCounts;

const defaults = { maxBots: 200, idLength: 8 } as const;

interface Watched {
  entry: MatchEntry;
  row: UnnumberedRow;
  table: FactTable;
  askedAt: number;
  handlers: Handlers<SandboxEvent>;
}

/** Attaches to a platform; `release` detaches. Matches that began before are taken up at their next hand. */
export function watchSandbox(sandbox: Sandbox, times: Partial<Times> = {}): Source {
  const { now, wallNow } = timesOf(times);
  const startedAt = now();
  const latency = createLatencyBars();
  const board = createBoard(sessionView);
  const hands = createSessionHands('platform');
  const watched = new Map<string, Watched>();
  const bots = new Map<string, { name: string; online: boolean }>();
  const counts = { live: 0, completed: 0, abandoned: 0, hands: 0, turns: 0, fallbacks: 0 };
  let rejections = 0;
  let reconnects = 0;

  function sessionView(): SessionView {
    return {
      state: null,
      where: sandbox.url,
      endReason: null,
      awayWhy: null,
      retryAt: null,
      ...counts,
      netChips: null,
      liveNetChips: null,
      corrections: 0,
      rejections,
      timeouts: counts.fallbacks,
      reconnects,
      latency: latency.view(),
      bots: [...bots.values()],
      plan: null,
    };
  }

  const named = {
    bot: (botId: string) => bots.get(botId)?.name ?? shortText(botId, defaults.idLength),
    seats: (matchId: string) => watched.get(matchId)?.row.seats ?? [],
  };

  function learnNames(): void {
    for (const { seats } of sandbox.matches().slice(-defaults.maxBots)) {
      for (const { botId, name } of seats) {
        const known = botId === null ? undefined : bots.get(botId);
        if (known !== undefined) known.name = shortText(name);
      }
    }
  }

  function come(botId: string, online: boolean): void {
    const name = named.bot(botId);
    // The newest stand last, and the oldest go first when there are too many.
    bots.delete(botId);
    bots.set(botId, { name, online });
    const [oldest] = bots.keys();
    if (bots.size > defaults.maxBots && oldest !== undefined) bots.delete(oldest);
  }

  function add(matchId: string, players: readonly string[]): Watched {
    const row: UnnumberedRow = {
      matchId,
      seats: toldApart(players.map((name) => shortText(name))),
      self: null,
      rated: false,
      outcome: 'live',
      state: 'waiting',
      hand: 0,
      stacks: [],
      netChips: null,
      clock: null,
      ...nothingCounted,
      startedAt: now(),
      endedAt: null,
      note: null,
    };
    const table = createFactTable(row.seats);
    const rowNow = () => ({ ...row, stacks: table.stacks });
    const entry = board.addMatch(matchId, rowNow, () => table.view());
    const match: Watched = { entry, row, table, askedAt: 0, handlers: {} };
    match.handlers = follow(match);
    watched.set(matchId, match);
    counts.live += 1;
    learnNames();
    return match;
  }

  function play({ entry, row, table, askedAt }: Watched, fact: TableFact): void {
    hands.takeFact(row.matchId, fact, wallNow(), row.seats);
    switch (fact.type) {
      case 'handStarted':
        row.state = 'playing';
        row.hand = fact.hand;
        table.handStarted(fact);
        // The graph begins with what everybody had before the first hand.
        if (entry.chips.isEmpty) entry.chips.add(fact.hand - 1, fact.stacks);
        break;
      case 'acted':
        row.clock = null;
        table.acted(fact);
        if (askedAt > 0) {
          const took = now() - askedAt;
          latency.add(took, !fact.isTimeout);
          entry.latency.add(took, !fact.isTimeout);
        }
        break;
      case 'streetOpened':
        table.streetOpened(fact);
        break;
      case 'handEnded':
        counts.hands += 1;
        table.handEnded(fact);
        entry.chips.add(fact.hand, fact.stacks);
        break;
      case 'matchEnded':
        break;
    }
    board.touch(entry, 'row', 'table', 'chips', 'latency');
  }

  function end({ entry, row }: Watched, frame: MatchEnd): void {
    row.outcome = frame.reason === 'complete' ? 'completed' : 'abandoned';
    row.state = 'ended';
    row.clock = null;
    row.endedAt = now();
    row.note = shortText(describeEnd(frame));
    counts[row.outcome] += 1;
    counts.live -= 1;
    watched.delete(row.matchId);
    board.end(entry);
  }

  function hear(event: SandboxEvent): void {
    if (event.type === 'lobby.online') come(event.botId, true);
    if (event.type === 'lobby.offline') come(event.botId, false);
    if (event.type === 'match.created') add(event.matchId, event.players);
    const telling = tellingOfSandbox(event, wallNow(), named);
    if (telling !== null) board.feed.add(telling);
    const match = 'matchId' in event ? watched.get(event.matchId) : undefined;
    if (match !== undefined) {
      handle(match.handlers, event);
      board.touch(match.entry, 'row', 'table');
    }
    board.touchSession();
  }

  /** What happens in a match that is watched. */
  function follow(match: Watched): Handlers<SandboxEvent> {
    const { entry, row } = match;
    return {
      'table.changed': ({ event }) => play(match, event),
      'match.ended': (event) => end(match, event.end),
      'turn.opened': ({ seat, clockMs }) => {
        match.askedAt = now();
        row.turns += 1;
        counts.turns += 1;
        row.clock = { seat, endsAt: now() + clockMs, ms: clockMs };
        latency.budget(clockMs);
        entry.latency.budget(clockMs);
        match.table.acting(seat);
      },
      'turn.rejected': () => {
        row.rejections += 1;
        rejections += 1;
      },
      'turn.substituted': () => {
        row.fallbacks += 1;
        row.timeouts += 1;
        counts.fallbacks += 1;
      },
      'seat.connected': ({ resumed }) => {
        if (!resumed) return;
        row.resumes += 1;
        reconnects += 1;
      },
    };
  }

  for (const { matchId, state, seats } of sandbox.matches()) {
    if (state !== 'ended')
      add(
        matchId,
        seats.map(({ name }) => name),
      );
  }

  return { kind: 'sandbox', board, startedAt, hands, release: sandbox.on(hear) };
}
