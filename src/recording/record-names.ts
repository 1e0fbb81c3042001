/** The names of the files in a folder of recordings. */
import { createHash } from 'node:crypto';

const defaults = { hashLength: 16, maxLength: 80 } as const;

export const resultsName = 'results.jsonl';
export const ratingsName = 'ratings.jsonl';

/** Names that Windows keeps for devices, and those of other files of the folder. */
const taken = /^(?:con|prn|aux|nul|com\d|lpt\d|results|ratings|session-.*)$/;

/**
 * A name for whatever a server calls a match: the id itself where it can be one on every file system, else the part of it
 * that can, with a hash.
 *
 * @param shown the id without secrets.
 */
export function recordName(matchId: string, shown = matchId): string {
  if (
    shown === matchId &&
    matchId.length <= defaults.maxLength &&
    /^[a-z\d][a-z\d_-]*$/.test(matchId) &&
    !taken.test(matchId)
  )
    return `${matchId}.jsonl`;
  const safe = shown
    .toLowerCase()
    .replace(/[^a-z\d_-]+/g, '-')
    .slice(0, defaults.maxLength);
  return `m-${safe}.${hashOf(matchId)}.jsonl`;
}

/** The name of a second bot's recording of a match that is recorded in this folder already. */
export function secondName(name: string, participantId: string): string {
  return name.replace(/\.jsonl$/, `.${hashOf(participantId)}.jsonl`);
}

let sessions = 0;

/** The recording of what belongs to no match; each call gives another name. */
export function sessionName(startedAt: number): string {
  sessions += 1;
  const time = new Date(startedAt).toISOString().replace(/[:.]/g, '-');
  return `session-${time}-${process.pid}-${sessions}.jsonl`;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, defaults.hashLength);
}
