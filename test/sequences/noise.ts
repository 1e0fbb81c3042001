/** What a platform could say at any moment, sense or not. */

export const matchNoise = [
  'unknown',
  'noJson',
  'list',
  'binary',
  'ping',
  'hello',
  'again',
  'rejected',
  'duplicate',
  'resumed',
  'nothingPending',
  'played',
  'error',
  'exhausted',
  'forged',
  'forgedEnd',
] as const;

export type MatchNoise = (typeof matchNoise)[number];

/** @param request the last `turn_request` of the match as it came. @returns null: it takes one, and there is none. */
export function noiseOf(
  what: MatchNoise,
  matchId: string,
  request: string | undefined,
): string | Buffer | null {
  const common = { match_id: matchId, seq: 1, server_ts: 0 };
  const frame = (type: string, more: object = {}) => JSON.stringify({ type, ...common, ...more });
  switch (what) {
    case 'unknown':
      return frame('weather_report');
    case 'noJson':
      return '{"type":"turn_request"';
    case 'list':
      return '[{"type":"match_end"}]';
    case 'binary':
      return Buffer.from('{"type":"match_end"}');
    case 'ping':
      return frame('ping');
    case 'hello':
      return frame('hello', { supported_versions: ['1.0'], selected_version: '1.0' });
    case 'error':
      return frame('error', { code: 'rate_limited', message: 'Slower.' });
    case 'exhausted':
      return frame('error', { code: 'budget_exhausted', message: 'No more.' });
    case 'nothingPending':
      return frame('reconnected', { pending_request: null });
    case 'forgedEnd':
      return frame('match_end', { reason: 'complete' });
    case 'again':
    case 'resumed':
    case 'played':
    case 'rejected':
    case 'duplicate':
    case 'forged':
      return request === undefined ? null : aboutTurn(what, request, frame);
  }
}

function aboutTurn(
  what: Extract<MatchNoise, 'again' | 'resumed' | 'played' | 'rejected' | 'duplicate' | 'forged'>,
  request: string,
  frame: (type: string, more?: object) => string,
): string {
  const pending = JSON.parse(request) as { request_id: string; valid_actions: string[] };
  const { request_id, valid_actions } = pending;
  switch (what) {
    case 'again':
      return request;
    case 'resumed':
      return frame('reconnected', { pending_request: pending });
    case 'played':
      return frame('action_timeout', { request_id, auto_action: 'fold' });
    case 'forged':
      // Forged again it has another name.
      return JSON.stringify({ ...pending, request_id: `${request_id}-forged` });
    case 'rejected':
    case 'duplicate': {
      const reason = what === 'rejected' ? 'Illegal.' : 'Duplicate action.';
      const more = { request_id, reason, message: reason, submitted_action: 'x', valid_actions };
      return frame('action_rejected', { ...more, details: { valid_actions }, remaining_ms: 500 });
    }
  }
}

export const lobbyNoise = [
  'unknown',
  'noJson',
  'binary',
  'ping',
  'hello',
  'error',
  'stranger',
  'formless',
  'evict',
] as const;

export type LobbyNoise = (typeof lobbyNoise)[number];

export function lobbyNoiseOf(what: LobbyNoise): string | Buffer {
  const frame = (type: string, more: object = {}) => JSON.stringify({ type, ...more });
  switch (what) {
    case 'unknown':
      return frame('weather_report');
    case 'noJson':
      return '{"type":"matched"';
    case 'binary':
      return Buffer.from('{"type":"evict"}');
    case 'ping':
      return frame('ping');
    case 'hello':
      return frame('hello', { endpoint: 'lobby', supported_versions: ['1.0'], selected_version: '1.0' });
    case 'error':
      return frame('error', { code: 'busy', message: 'Later.' });
    case 'formless':
      return frame('matched', { match_id: 7, gateway_ws_url: null });
    case 'evict':
      return frame('evict', { reason: 'Replaced by new connection' });
    case 'stranger':
      return frame('matched', {
        match_id: 'm-nobody',
        participant_id: 'p-nobody',
        gateway_ws_url: '/ws/external/match/m-nobody/p-nobody',
        rated: false,
      });
  }
}

/** What a wire can make of an answer. */
export const mangles = [
  'illegal',
  'otherTurn',
  'noAction',
  'noJson',
  'unknownField',
  'wrongShape',
  'huge',
  'pong',
] as const;

export type Mangle = (typeof mangles)[number];

export function mangled(what: Mangle, answer: string): string {
  const frame = JSON.parse(answer) as Record<string, unknown>;
  switch (what) {
    case 'illegal':
      return JSON.stringify({ ...frame, action: 'all_in' });
    case 'otherTurn':
      return JSON.stringify({ ...frame, request_id: 'req_0' });
    case 'noAction':
      return JSON.stringify({ ...frame, action: undefined });
    case 'noJson':
      return answer.slice(0, -1);
    case 'unknownField':
      return JSON.stringify({ ...frame, mood: 'good' });
    case 'wrongShape':
      return JSON.stringify({ ...frame, params: 'all of it' });
    case 'huge':
      return JSON.stringify({ ...frame, action: 'x'.repeat(5_000) });
    case 'pong':
      return JSON.stringify({ ...frame, type: 'pong', action: undefined, request_id: undefined });
  }
}
