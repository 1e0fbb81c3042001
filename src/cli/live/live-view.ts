/** The live table on the terminal of a command. */
import { createOutputBacklog } from '../../io/output/output-backlog.js';
import { plainVoice } from '../../io/output/voice.js';
import { isWarning } from '../../io/reports/describe.js';
import type { TimedAgentEvent } from '../../protocol/events.js';
import { printLine, type Screen, type Terminal } from '../surroundings/surroundings.js';
import { importantLine } from './live-lines.js';
import { createPainter } from './live-painter.js';
import { emptyLiveState, foldLive, isCounting } from './live-state.js';
import { paintOf, wantsColour } from './live-style.js';
import { renderTable } from './live-table.js';
import { harmless } from './live-text.js';

const defaults = {
  /** The shortest time between two drawings. */
  frameMs: 100,
  /** The interval of running clocks. */
  tickMs: 1_000,
  /** When so many bytes wait, the next drawing comes at once. */
  maxWaitingBytes: 64 * 1024,
  /** The most bytes that are kept for a terminal that takes nothing. */
  maxHeldBytes: 256 * 1024,
} as const;

export interface LiveView {
  onEvent: (event: TimedAgentEvent) => void;
  /** Leaves the last state on the terminal, and releases it. */
  close(): void;
}

/**
 * Takes the screen, and draws on it from the first event.
 *
 * @param now milliseconds that do not jump.
 * @param wallNow epoch milliseconds of the wall clock, on which fixtures are.
 */
export function openLiveView(
  screen: Screen,
  io: Terminal,
  now: () => number,
  wallNow: () => number = Date.now,
): LiveView {
  const hasColour = wantsColour(io.env);
  const paint = paintOf(hasColour);
  let state = emptyLiveState;
  /** Other output since the last drawing. */
  const waiting = createOutputBacklog({
    maxBytes: defaults.maxHeldBytes,
    gapLine: (lines) => plainVoice({ type: 'output.dropped', lines }),
  });
  /** The beginning of a line that is not complete yet. */
  let begun = '';
  let drawnAt = Number.NEGATIVE_INFINITY;
  let timer: { id: unknown; dueAt: number } | null = null;
  let isClosed = false;

  const lease = screen.take({
    onText(text) {
      waiting.push(text);
      if (waiting.bytes > defaults.maxWaitingBytes) draw();
      else drawSoon();
    },
    onFlow: drawSoon,
    onResize() {
      painter.forget();
      drawSoon();
    },
    onSuspend() {
      // The terminal has printed the key (^Z) into the drawing.
      painter.forget();
      draw();
      painter.leave();
    },
    onResume() {
      painter.forget();
      draw();
    },
    onExit: close,
  });
  const painter = createPainter(lease.write);

  function drawIn(delayMs: number): void {
    if (isClosed) return;
    const dueAt = now() + delayMs;
    if (timer !== null && timer.dueAt <= dueAt) return;
    cancel();
    timer = { id: io.clock.setTimeout(draw, delayMs), dueAt };
  }

  function cancel(): void {
    if (timer !== null) io.clock.clearTimeout(timer.id);
    timer = null;
  }

  /** Never draws at once, even if a drawing is due: a decision must not wait for the terminal. */
  function drawSoon(): void {
    drawIn(Math.max(0, drawnAt + defaults.frameMs - now()));
  }

  function draw(): void {
    cancel();
    // While the terminal has not taken a drawing, later ones would only be outdated.
    if (lease.isBehind() && !isClosed) return;
    drawnAt = now();
    const table =
      state === emptyLiveState
        ? []
        : renderTable(state, {
            ...screen.size(),
            now: drawnAt,
            wallNow: wallNow(),
            paint,
            redact: io.redact,
          });
    painter.draw(table, takeLines());
    if (isCounting(state, drawnAt)) drawIn(defaults.tickMs);
  }

  /** Takes the complete lines; an incomplete line waits, unless it is very long. */
  function takeLines(): string[] {
    const lines = (begun + waiting.take(Infinity).toString()).split('\n');
    const rest = lines.pop() ?? '';
    begun = isClosed || rest.length > defaults.maxWaitingBytes ? '' : rest;
    if (begun === '' && rest !== '') lines.push(rest);
    return lines.map((line) => io.redact(harmless(io.redact(line), hasColour)));
  }

  function close(): void {
    if (isClosed) return;
    isClosed = true;
    draw();
    painter.leave();
    lease.release();
  }

  return {
    onEvent(event) {
      const line = importantLine(event, io.redact);
      if (line !== null) {
        printLine(isWarning(event) ? io.stderr : io.stdout, paint(line.text, line.tone));
      }
      const before = state;
      // Clocks on the screen run on `now`: the event's own time is on the wall clock, which may be set.
      state = foldLive(state, { ...event, at: now() });
      if (state !== before) drawSoon();
    },
    close,
  };
}
