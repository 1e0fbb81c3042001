/** Which of a worker's bots are those of a run: the ones whose code is the same. */
import { type HouseBotName, houseBotNames } from '../house/house-bot-names.js';
import type { KeptFile } from '../io/hosting/code/kept-files.js';
import { version } from '../protocol/version.js';
import type { ArenaBotPlace, ArenaTerms } from './arena-terms.js';
import type { ArenaHosting } from './block-player.js';
import { areTerms } from './fleet-checks.js';
import { type FleetOffer, fleetVersion } from './fleet-messages.js';

/** A bot of a file that a worker has, and has made once. */
export interface FleetBot {
  readonly place: Extract<ArenaBotPlace, { kind: 'file' }>;
  readonly digest: string;
  readonly files: readonly KeptFile[];
}

export interface FleetCast {
  terms: ArenaTerms;
  files: ArenaHosting['files'];
}

const defaults = { shownDigits: 12 } as const;

/** @returns in place of the cast, why this worker cannot play the run. */
export function castOf(offer: FleetOffer, bots: readonly FleetBot[]): FleetCast | { why: string } {
  if (offer.fleet !== fleetVersion || offer.version !== version)
    return {
      why: `the arena is of version ${offer.version} of this package, and the worker of ${version}: install the same.`,
    };
  const { terms, digests } = offer;
  if (!areTerms(terms, digests.length)) return { why: 'its terms cannot be played.' };
  const cast = digests.map((digest, bot) => placeOf(digest, terms.names[bot] ?? '', bots));
  const missing = cast.find((one) => 'why' in one);
  if (missing !== undefined && 'why' in missing) return { why: missing.why };
  const found = cast as { place: ArenaBotPlace; files: readonly KeptFile[] }[];
  return {
    terms: { ...terms, bots: found.map(({ place }) => place) },
    files: found.map(({ files }) => files),
  };
}

function placeOf(
  digest: string,
  name: string,
  bots: readonly FleetBot[],
): { place: ArenaBotPlace; files: readonly KeptFile[] } | { why: string } {
  const [kind = '', rest = ''] = splitDigest(digest);
  if (kind === 'house' && (houseBotNames as readonly string[]).includes(rest))
    return { place: { kind: 'house', house: rest as HouseBotName }, files: [] };
  const found = bots.find((bot) => bot.digest === digest);
  if (found !== undefined) return found;
  return {
    why: `no bot file of the worker has the code of ${name} (${shown(digest)})${
      bots.length === 0
        ? '; it was given none'
        : `; its own are ${bots.map((bot) => shown(bot.digest)).join(', ')}`
    }. Give it the same files.`,
  };
}

const splitDigest = (digest: string): string[] => {
  const at = digest.lastIndexOf(':');
  return [digest.slice(0, at), digest.slice(at + 1)];
};

/** What tells two of them apart, in short. */
function shown(digest: string): string {
  const [name = '', hash = ''] = splitDigest(digest);
  return `${name === '' ? '' : `${name} of `}${hash.slice(0, defaults.shownDigits)}`;
}
