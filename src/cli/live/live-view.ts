/** The live table on the terminal of a command. */
import { createOutputBacklog } from '../../io/output/output-backlog.js';
import { plainVoice } from '../../io/output/voice.js';
import { isWarning } from '../../io/reports/describe.js';
import type { TimedAgentEvent } from '../../protocol/events.js';
import { printLine, type Screen, type Terminal } from '../surroundings/surroundings.js';
import { importantLine } from './live-lines.js';
import { createPainter } from './live-painter.js';
import { emptyLiveState, foldEvent, isCounting } from './live-state.js';
import { paintOf, wantsColour } from './live-style.js';
import { renderTable } from './live-table.js';
import { harmless } from './live-text.js';

const defaults = {
  /** Between two drawings. */
  frameMs: 100,
  /** Of the clocks. */
  tickMs: 1_000,
  /** Bytes after which what waits for the next drawing does not wait for its time. */
  maxWaitingBytes: 64 * 1024,
  /** For a terminal that takes nothing. */
  maxHeldBytes: 256 * 1024,
} as const;

export interface LiveView {
  onEvent: (event: TimedAgentEvent) => void;
  /** Leaves the last state on the terminal, and gives the terminal back. */
  close(): void;
}

/**
 * Takes the screen, and draws on it from the first event on.
 *
 * @param now milliseconds that do not jump.
 */
export function openLiveView(screen: Screen, io: Terminal, now: () => number): LiveView {
  const hasColour = wantsColour(io.env);
  const paint = paintOf(hasColour);
  let state = emptyLiveState;
  /** What others printed since the last drawing. */
  const waiting = createOutputBacklog({
    maxBytes: defaults.maxHeldBytes,
    tellGap: (lines) => plainVoice({ type: 'output.dropped', lines }),
  });
  /** A line that is not complete yet. */
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
      // The terminal has echoed the key into the drawing.
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

  /** Later than now also when it is time: no decision waits until a terminal has taken a drawing. */
  function drawSoon(): void {
    drawIn(Math.max(0, drawnAt + defaults.frameMs - now()));
  }

  function draw(): void {
    cancel();
    // A drawing that is not taken would be followed by others that nobody wants to see any more.
    if (lease.isBehind() && !isClosed) return;
    drawnAt = now();
    const table =
      state === emptyLiveState
        ? []
        : renderTable(state, { ...screen.size(), now: drawnAt, paint, redact: io.redact });
    painter.draw(table, takeLines());
    if (isCounting(state, drawnAt)) drawIn(defaults.tickMs);
  }

  /** The lines that are complete; the rest of a line waits, unless it is very long. */
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
      // What runs down on the screen runs on our clock: the event's own time is of the wall clock, which may be set.
      state = foldEvent(state, { ...event, at: now() });
      if (state !== before) drawSoon();
    },
    close,
  };
}
