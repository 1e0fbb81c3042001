import { configKeys } from '../io/settings/config.js';
import type { DoctorContext } from './doctor-context.js';
import type { DoctorFinding } from './finding.js';
import type { ConfigPlace } from './read-settings.js';

/** Where a `chipzen.toml` is, and what is wrong with it. */
export function checkConfig({ settings: { places, place, given } }: DoctorContext): DoctorFinding[] {
  const findings = places.flatMap((one) => findingsOfPlace(one, place));
  if (place !== null || given.configPath !== undefined) return findings;
  const paths = places.map(({ path }) => path).join(', ');
  return [{ grade: 'note', text: `There is none: looked for ${paths}.` }];
}

function findingsOfPlace(one: ConfigPlace, used: ConfigPlace | null): DoctorFinding[] {
  const { path, config, error, warnings, ignoredKeys } = one;
  const isUsed = one === used;
  if (error !== null) {
    return [
      isUsed
        ? { grade: 'problem', code: error.code, text: error.message }
        : { grade: 'note', text: `${path} is not looked at: ${used?.path} comes first.` },
    ];
  }
  if (config === null) return [];
  const found: DoctorFinding = isUsed
    ? { grade: 'ok', text: `${path} is used.` }
    : { grade: 'note', text: `${path} is not used: ${used?.path} comes first.` };
  const insecure = warnings.map((text): DoctorFinding => ({ grade: 'warning', text }));
  const unknown = (isUsed ? ignoredKeys : []).map((key): DoctorFinding => {
    const meant = nearestKey(key);
    return {
      grade: 'warning',
      text: `${key} under [external_api] in ${path} has no meaning.`,
      advice: meant === null ? `The keys are ${configKeys.join(', ')}.` : `Did you mean ${meant}?`,
    };
  });
  return [found, ...insecure, ...unknown];
}

/** Spellings of other tools, and slips of a letter or two. */
function nearestKey(key: string): string | null {
  const same = configKeys.find((known) => plain(known) === plain(key));
  if (same !== undefined) return same;
  const near = configKeys.find(
    (known) => distance(plain(known), plain(key)) <= 2 || plain(key).endsWith(plain(known)),
  );
  return near ?? null;
}

const plain = (text: string): string => text.toLowerCase().replaceAll(/[^a-z]/g, '');

function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [at, letter] of one.split('').entries()) {
    const next = [at + 1];
    for (let index = 0; index < other.length; index++) {
      const changed = (row[index] ?? 0) + (other[index] === letter ? 0 : 1);
      next.push(Math.min(changed, (row[index + 1] ?? 0) + 1, (next[index] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
