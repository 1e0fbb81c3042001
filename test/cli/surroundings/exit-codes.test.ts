import { describe, expect, it } from 'vitest';
import { exitCodeOfEnd, exitCodeOfError } from '../../../src/cli/surroundings/exit-codes.js';
import { ChipzenError, errorCodes, OptionError } from '../../../src/protocol/errors.js';

describe('exit codes', () => {
  it('give each kind of error its number', () => {
    const codes = errorCodes.map((code) => [code, exitCodeOfError(new ChipzenError(code, 'x'))]);
    expect(Object.fromEntries(codes)).toEqual({
      missing_token: 2,
      missing_url: 2,
      bad_config: 2,
      bad_option: 2,
      bad_bot: 6,
      authentication_failed: 3,
      token_revoked: 3,
      lobby_not_found: 2,
      lobby_unreachable: 4,
      match_unreachable: 4,
      untrusted_gateway: 1,
      insecure_url: 2,
      bot_decision: 6,
      nats_unavailable: 4,
      platform_refused: 1,
      platform_unreachable: 4,
      platform_answer: 1,
      state_unwritable: 1,
      store_refused: 1,
      handover_refused: 1,
      internal: 1,
    });
    expect([new Error('x'), 'x', undefined].map(exitCodeOfError)).toEqual([1, 1, 1]);
  });

  it('do not blame an option for a disk that is full for now', () => {
    const codes = ['ENOSPC', 'EDQUOT', 'EROFS', 'EIO', 'EMFILE', 'ENOENT', 'EACCES', 'ENOTDIR'];
    const errors = codes.map((code) => [
      code,
      exitCodeOfError(new OptionError('pin', 'x', { cause: Object.assign(new Error('x'), { code }) })),
    ]);
    expect(Object.fromEntries(errors)).toEqual({
      ENOSPC: 1,
      EDQUOT: 1,
      EROFS: 1,
      EIO: 1,
      EMFILE: 1,
      ENOENT: 2,
      EACCES: 2,
      ENOTDIR: 2,
    });
  });

  it('tell apart how a session ended without an error', () => {
    const reasons = ['max_matches', 'stopped', 'evicted', 'failed', null] as const;
    expect(reasons.map((reason) => exitCodeOfEnd(reason))).toEqual([0, 0, 5, 4, 0]);
    expect(reasons.map((reason) => exitCodeOfEnd(reason, true))).toEqual([6, 6, 5, 6, 6]);
  });
});
