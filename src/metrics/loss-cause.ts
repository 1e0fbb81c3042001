/** Why connections are lost, as a closed set: a label with a server's own words would have new values for ever. */

import { isSilence } from '../io/sockets/vigil.js';
import type { Loss } from '../protocol/events.js';

export const lossCauses = [
  'broken',
  'silent',
  'http_4xx',
  'http_5xx',
  'http_other',
  'closed',
  'server_error',
  'restarting',
  'policy',
  'platform',
  'other',
] as const;

/**
 * `broken`: it ended without a goodbye, or never came about. `silent`: the other side said nothing for too long. `http_...`:
 * the upgrade was refused. The others are close codes: `closed` is 1000 and 1001, `server_error` 1011, `restarting` 1012 and
 * 1013, `policy` 1008, `platform` those of the platform itself, from 4000 on.
 */
export type LossCause = (typeof lossCauses)[number];

const causesOfCodes: Readonly<Record<number, LossCause>> = {
  1000: 'closed',
  1001: 'closed',
  1008: 'policy',
  1011: 'server_error',
  1012: 'restarting',
  1013: 'restarting',
};

export function lossCauseOf({ code, reason, httpStatus }: Loss): LossCause {
  if (httpStatus !== undefined) return causeOfStatus(httpStatus);
  if (code === 1006) return isSilence(reason) ? 'silent' : 'broken';
  return causesOfCodes[code] ?? (code >= 4000 && code <= 4999 ? 'platform' : 'other');
}

function causeOfStatus(status: number): LossCause {
  if (status >= 400 && status < 500) return 'http_4xx';
  return status >= 500 && status < 600 ? 'http_5xx' : 'http_other';
}
