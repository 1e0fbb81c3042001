import { describe, expect, it } from 'vitest';
import { lossCauseOf, lossCauses } from '../../src/metrics/loss-cause.js';
import type { Loss } from '../../src/protocol/events.js';

describe('why a connection was lost', () => {
  it.each<[Partial<Loss>, string]>([
    [{ code: 1006, reason: 'The connection was lost.' }, 'broken'],
    [{ code: 1006, reason: 'no answer in time' }, 'broken'],
    [{ code: 1006, reason: 'The other side does not answer pings any more.' }, 'silent'],
    [{ code: 1006, reason: 'No frame came for 40 s.' }, 'silent'],
    [{ code: 1006, httpStatus: 401 }, 'http_4xx'],
    [{ code: 1006, httpStatus: 503 }, 'http_5xx'],
    [{ code: 1006, httpStatus: 302 }, 'http_other'],
    [{ code: 1000 }, 'closed'],
    [{ code: 1001 }, 'closed'],
    [{ code: 1008 }, 'policy'],
    [{ code: 1011 }, 'server_error'],
    [{ code: 1012 }, 'restarting'],
    [{ code: 1013 }, 'restarting'],
    [{ code: 4000, reason: 'replaced' }, 'platform'],
    [{ code: 4999 }, 'platform'],
    [{ code: 1003 }, 'other'],
    [{ code: 5000 }, 'other'],
  ])('%j is one of a closed set', (loss, cause) => {
    expect(lossCauseOf({ code: 1006, reason: '', ...loss })).toBe(cause);
    expect(lossCauses).toContain(cause);
  });
});
