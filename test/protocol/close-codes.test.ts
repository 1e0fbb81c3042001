import { describe, expect, it } from 'vitest';
import { type Ending, verdictOf } from '../../src/protocol/close-codes.js';

/** The verdict without its sentences. */
function short(ending: Partial<Ending> & Pick<Ending, 'leg'>): string {
  const verdict = verdictOf({ code: 1006, reason: '', ...ending });
  switch (verdict.action) {
    case 'retry':
      return ['retry', verdict.slow ? 'slow' : '', verdict.once ? 'once' : ''].filter(Boolean).join(' ');
    case 'evicted':
      return 'evicted';
    case 'stop':
      return `stop ${verdict.fault}`;
    case 'abandon':
      break;
  }
  return `abandon ${verdict.why}`;
}

describe('verdictOf', () => {
  it.each<[Ending['leg'], number, string, string]>([
    ['lobby', 4001, '', 'stop authentication_failed'],
    ['lobby', 4002, '', 'stop token_revoked'],
    ['lobby', 4000, 'Replaced by new connection', 'evicted'],
    ['lobby', 4000, 'heartbeat missed', 'retry'],
    ['lobby', 4000, '', 'retry'],
    ['lobby', 1008, '', 'retry slow'],
    ...(['lobby', 'match'] as const).flatMap((leg) =>
      [1000, 1001, 1006, 1011, 1012, 1013].map((code): [Ending['leg'], number, string, string] => [
        leg,
        code,
        '',
        'retry',
      ]),
    ),
    ['match', 4001, '', 'abandon refused'],
    ['match', 4002, 'no executor', 'retry'],
    ['match', 4002, 'game_unsupported_by_client', 'abandon game_unsupported'],
    ['match', 4003, '', 'abandon refused'],
    ['match', 4005, '', 'abandon refused'],
    ['match', 4006, '', 'abandon refused'],
    ['match', 4010, '', 'abandon reconnects_exhausted'],
    ['match', 4012, '', 'abandon refused'],
    ['match', 4013, '', 'abandon version_unsupported'],
    ['match', 4004, '', 'retry'],
    ['match', 4007, '', 'retry'],
    ['match', 4009, '', 'retry'],
    ['match', 4011, '', 'retry'],
    ['match', 4011, 'grace_expired', 'abandon reconnects_exhausted'],
    ['match', 4011, 'Budget_Exhausted: 3 of 3', 'abandon reconnects_exhausted'],
    ['match', 4011, 'duplicate_participant', 'retry'],
    ['match', 4008, '', 'retry once'],
    ['match', 1008, '', 'retry slow'],
    ['match', 4000, 'Replaced by new connection', 'retry'],
    ['lobby', 4003, '', 'retry'],
    ['lobby', 4008, '', 'retry'],
    ['lobby', 4999, '', 'retry'],
    ['match', 4999, '', 'retry'],
    ['match', 1005, '', 'retry'],
    ['match', Number.NaN, '', 'retry'],
  ])('%s closed with %i %j: %s', (leg, code, reason, expected) => {
    expect(short({ leg, code, reason })).toBe(expected);
  });

  it.each<[number, string, string]>([
    [4011, 'budget_exhausted', 'abandon reconnects_exhausted'],
    [4011, 'grace_expired', 'abandon reconnects_exhausted'],
    [4011, 'GRACE_EXPIRED', 'abandon reconnects_exhausted'],
    [4011, 'duplicate_participant', 'retry'],
    [4002, 'EXTAPI_CLIENT_GAME_UNSUPPORTED', 'abandon game_unsupported'],
    [4002, 'something_else', 'retry'],
    [1006, 'budget_exhausted', 'retry'],
  ])('match closed with %i after the error %s: %s', (code, lastError, expected) => {
    expect(short({ leg: 'match', code, lastError })).toBe(expected);
  });

  it.each<[Ending['leg'], number, string]>([
    ['lobby', 401, 'stop authentication_failed'],
    ['lobby', 403, 'stop authentication_failed'],
    ['match', 401, 'abandon refused'],
    ['match', 403, 'abandon refused'],
    ['lobby', 404, 'stop lobby_not_found'],
    ['match', 404, 'retry'],
    ['lobby', 429, 'retry slow'],
    ['match', 429, 'retry slow'],
    ['lobby', 500, 'retry'],
    ['match', 503, 'retry'],
    ['lobby', 302, 'retry'],
    ['match', 200, 'retry'],
  ])('%s upgrade answered with HTTP %i: %s', (leg, httpStatus, expected) => {
    expect(short({ leg, httpStatus })).toBe(expected);
  });

  it('quotes what the server said, in one printable line', () => {
    expect(verdictOf({ leg: 'match', code: 4003, reason: 'table\u001b[2J is\nfull' })).toEqual({
      action: 'abandon',
      why: 'refused',
      detail: 'The match is full: no seat is left for this bot. The server said: "table[2J isfull".',
    });
  });
});
