/** A bot at its barest, for loads: raw frames over `ws`, checks or calls, and a note of what it waits for. */
import { createHistogram, performance, type RecordableHistogram } from 'node:perf_hooks';
import { type RawData, WebSocket } from 'ws';

/** What all bots of a load have seen together. Histograms hold microseconds. */
export interface Tally {
  turns: number;
  matchesEnded: number;
  /** Closes that were not asked for, by code. */
  closes: Map<number, number>;
  /** From the answer to the `turn_result` that confirms it, which no reveal delay holds up. */
  roundTrip: RecordableHistogram;
  /** How much of a turn's clock had run when the request arrived. */
  clockUsed: RecordableHistogram;
  /** Turns that arrived with their clock run down. */
  arrivedLate: number;
}

export function createTally(): Tally {
  return {
    turns: 0,
    matchesEnded: 0,
    closes: new Map(),
    roundTrip: createHistogram(),
    clockUsed: createHistogram(),
    arrivedLate: 0,
  };
}

export interface RawBot {
  close(): void;
}

interface Frame {
  type: string;
  match_id: string;
  seat: number;
  your_seat: number;
  request_id: string;
  valid_actions: string[];
  deadline_ts: number;
  timeout_ms: number;
  gateway_ws_url: string;
  reason: string;
}

const socketOptions = { perMessageDeflate: false, skipUTF8Validation: true } as const;

/** Logs in, and plays every match that it is told of until it is closed. Resolves when it is online. */
export function startRawBot(
  url: string,
  { token, lobbyUrl }: { token: string; lobbyUrl: string },
  tally: Tally,
): Promise<RawBot> {
  const sockets = new Set<WebSocket>();
  let isClosed = false;

  function dial(address: string, protocols: string[], onFrame: (frame: Frame, socket: WebSocket) => void) {
    const socket = new WebSocket(address, protocols, socketOptions);
    sockets.add(socket);
    socket.on('message', (data) => onFrame(parse(data), socket));
    socket.on('close', (code) => {
      sockets.delete(socket);
      if (!isClosed && code !== 1_000) tally.closes.set(code, (tally.closes.get(code) ?? 0) + 1);
    });
    return socket;
  }

  function playMatch({ gateway_ws_url: path, match_id }: Frame): void {
    let ownSeat = -1;
    let answeredAt = 0;
    const match = dial(url + path, ['chipzen-bot-token', token], (frame, socket) => {
      if (frame.type === 'turn_request') {
        const usedMs = frame.timeout_ms - (frame.deadline_ts - epochMs());
        record(tally.clockUsed, usedMs);
        if (usedMs >= frame.timeout_ms) tally.arrivedLate += 1;
        tally.turns += 1;
        const action = frame.valid_actions.includes('check') ? 'check' : 'call';
        const { request_id } = frame;
        socket.send(JSON.stringify({ type: 'turn_action', match_id, request_id, action }));
        answeredAt = performance.now();
      } else if (frame.type === 'turn_result') {
        if (frame.seat === ownSeat) record(tally.roundTrip, performance.now() - answeredAt);
      } else if (frame.type === 'match_start') {
        ownSeat = frame.your_seat;
      } else if (frame.type === 'hello') {
        socket.send(JSON.stringify({ type: 'hello', match_id, supported_versions: ['1.0'] }));
      } else if (frame.type === 'match_end') {
        tally.matchesEnded += 1;
      }
    });
    match.on('open', () => match.send(JSON.stringify({ type: 'authenticate', match_id, token: '' })));
  }

  return new Promise((resolve, reject) => {
    const lobby = dial(lobbyUrl, [], (frame, socket) => {
      if (frame.type === 'matched') playMatch(frame);
      else if (frame.type === 'ping') socket.send('{"type":"pong"}');
      else if (frame.type === 'hello') {
        resolve({
          close() {
            isClosed = true;
            for (const each of sockets) each.terminate();
          },
        });
      }
    });
    lobby.on('open', () => lobby.send(JSON.stringify({ type: 'authenticate', token })));
    lobby.on('error', reject);
  });
}

function parse(data: RawData): Frame {
  return JSON.parse((data as Buffer).toString()) as Frame;
}

function epochMs(): number {
  return performance.timeOrigin + performance.now();
}

/** Histograms count from 1. */
function record(histogram: RecordableHistogram, ms: number): void {
  histogram.record(Math.max(1, Math.round(ms * 1_000)));
}
