import { createActor, type InspectionEvent } from 'xstate';
import { withClaim, withoutClaim } from '../../src/budget/claims.js';
import { type DayBook, newDayBook, withDecline, withRefusal } from '../../src/budget/day-book.js';
import type {
  BookCommand,
  BookEvent,
  DeskCommand,
  DeskEvent,
  DoorCommand,
  InboundOffer,
  QueueInput,
  QueueKeeperEvent,
} from '../../src/machines/queue.context.js';
import { queueMachine } from '../../src/machines/queue.js';
import type { AgentEvent } from '../../src/protocol/events.js';
import { scriptedPort } from '../../src/testing/scripted-port.js';
import { createVirtualClock } from '../../src/time/virtual-clock.js';

/** A quiet noon. */
export const queueNoon = Date.parse('2026-01-06T12:00:00Z');

export const deskAnswers = {
  queued: { type: 'desk.placed', status: 'queued', position: 1, ttlMs: 60_000 },
  matched: { type: 'desk.placed', status: 'matched', position: null, ttlMs: 60_000 },
  left: { type: 'desk.placed', status: 'left', position: null, ttlMs: null },
  notQueued: { type: 'desk.placed', status: 'not_queued', position: null, ttlMs: null },
  done: { type: 'desk.answered', status: 'accepted' },
  listed: (...offers: InboundOffer[]) => ({ type: 'desk.listed', offers }) as const,
  refused: (code: string | null, more: Partial<Extract<DeskEvent, { type: 'desk.refused' }>> = {}) =>
    ({
      type: 'desk.refused',
      request: 'POST /x',
      httpStatus: 429,
      code,
      retryAfterMs: null,
      message: 'no',
      ...more,
    }) as const,
  unanswered: {
    type: 'desk.refused',
    request: 'POST /x',
    httpStatus: null,
    code: null,
    retryAfterMs: null,
    message: 'no answer',
  },
} as const satisfies Record<string, unknown>;

export const offerOf = (opponent: string, more: Partial<InboundOffer> = {}): InboundOffer => ({
  challengeId: `c-${opponent}`,
  opponent,
  expiresInMs: 60_000,
  ...more,
});

/**
 * A queue keeper in its lobby, on scripted ports. The book is kept as the real one is, and answers at once; the desk is
 * played by the test.
 */
export function startQueue(
  { at = queueNoon, ...overrides }: Partial<QueueInput> & { at?: number } = {},
  inspect: (event: InspectionEvent) => void = () => undefined,
) {
  const clock = createVirtualClock();
  let offset = at - clock.now();
  const wallNow = () => clock.now() + offset;
  const desk = scriptedPort<DeskCommand, DeskEvent, undefined>();
  const dayBook = scriptedPort<BookCommand, BookEvent, undefined>();
  const door = scriptedPort<DoorCommand, never, undefined>();
  const reporter = scriptedPort<AgentEvent, never, undefined>();
  const machine = queueMachine.provide({
    actors: { desk: desk.logic, dayBook: dayBook.logic, door: door.logic, reporter: reporter.logic },
  });
  let book = overrides.book ?? newDayBook(at);
  let answersBook = true;
  const actor = createActor(machine, {
    input: {
      limits: { matches: 20, lobbyMs: null },
      isOnline: true,
      now: clock.now,
      wallNow,
      random: () => 0.5,
      ...overrides,
      book,
    },
    clock,
    inspect,
  });

  /** What the real book does with the commands that came. */
  const keepBook = (): void => {
    for (;;) {
      const commands = dayBook.take();
      if (commands.length === 0 || !answersBook) return;
      for (const command of commands) {
        const answer = answerOf(command);
        // A change is told to whoever watches the book, before it is told to whoever made it.
        if (answer.type === 'book.claimed') dayBook.tell({ type: 'book.changed', book });
        dayBook.tell(answer);
      }
    }
  };
  const answerOf = (command: BookCommand): BookEvent => {
    switch (command.type) {
      case 'book.claim': {
        const claimed = withClaim(book, command.claim, { limits: command.limits, wallNow: wallNow() });
        book = claimed ?? book;
        return { type: claimed === null ? 'book.denied' : 'book.claimed', book };
      }
      case 'book.release':
        book = withoutClaim(book, command.claimId);
        return { type: 'book.changed', book };
      case 'book.declined':
        book = withDecline(book, command.decline);
        return { type: 'book.changed', book };
      case 'book.refused':
        book = withRefusal(book, command.what, command.until);
        return { type: 'book.changed', book };
    }
  };
  const send = (event: QueueKeeperEvent): void => {
    actor.send(event);
    keepBook();
  };

  actor.start();
  keepBook();
  return {
    actor,
    clock,
    desk,
    dayBook,
    door,
    reporter,
    wallNow,
    send,
    state: () => actor.getSnapshot().value,
    context: () => actor.getSnapshot().context,
    book: () => book,
    /** The day has changed elsewhere. */
    setBook(change: (before: DayBook) => DayBook) {
      book = change(book);
      dayBook.tell({ type: 'book.changed', book });
      keepBook();
    },
    /** The file has changed, and nobody has told the keeper. */
    changeFile(change: (before: DayBook) => DayBook) {
      book = change(book);
    },
    /** The book answers nothing until it is told to. */
    holdBook(isHeld: boolean) {
      answersBook = !isHeld;
      if (!isHeld) keepBook();
    },
    answer(event: DeskEvent) {
      desk.tell(event);
      keepBook();
    },
    /** What the desk was asked for since the last look. */
    asked: () => desk.take().map((command) => command.type.replace('desk.', '')),
    /** What was reported since the last look. */
    told: () => reporter.take(),
    words: () => reporter.take().map((event) => event.type),
    pass(ms: number) {
      const until = clock.now() + ms;
      while (clock.now() < until) {
        clock.advance(Math.min(1_000, until - clock.now()));
        keepBook();
      }
    },
    /** The machine sleeps, or the clock is set: the wall clock goes on, and no timer does. */
    setClock(byMs: number) {
      offset += byMs;
    },
    announce(matchId: string, { rated = true, resume = false } = {}) {
      send({ type: 'match.announced', matchId, rated, resume });
    },
    /** Asks for a place, and gets it. */
    queue() {
      desk.tell(deskAnswers.queued);
      keepBook();
    },
  };
}

export type QueueHarness = ReturnType<typeof startQueue>;
