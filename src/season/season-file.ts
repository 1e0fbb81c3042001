/** The file from which a season keeper goes on after a restart: one for each bot and lobby, never with a token. */
import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { keptFolder } from '../files/home-folder.js';
import { makeFolder } from '../files/make-folder.js';
import { lockPath, type PathLock } from '../files/path-lock.js';
import { readRegular } from '../files/read-regular.js';
import { writeWhole } from '../files/write-whole.js';
import type { FixtureRecord, SeasonMatch, SeasonMemory } from '../machines/season.js';
import type { EnvironmentVariables } from '../network/environment-variables.js';
import { isObject, isText } from '../protocol/checks.js';

const defaults = { schema: 1, nameLength: 16, maxEntries: 10_000, maxBytes: 16 * 1024 * 1024 } as const;

/** `~/.chipzen/season-....json`. */
export function seasonPathOf(lobbyUrl: string, env: EnvironmentVariables): string {
  const name = createHash('sha256').update(lobbyUrl).digest('hex').slice(0, defaults.nameLength);
  return join(keptFolder(env), `season-${name}.json`);
}

export interface SeasonFile {
  /** What an earlier run knew; nothing where there is no file that can be used. Read anew when the file is taken. */
  readonly memory: SeasonMemory;
  /** Takes the file for this process. Until then, and where another process has it, nothing is written. */
  lock(): Promise<void>;
  write(memory: SeasonMemory): void;
  close(): Promise<void>;
}

const nothing: SeasonMemory = { fixtures: [], matches: [] };

/** @param onTrouble called with a sentence for what is wrong with the file, once for each trouble. */
export function openSeasonFile(path: string, onTrouble: (message: string) => void): SeasonFile {
  const told = new Set<string>();
  const trouble = (message: string): void => {
    if (!told.has(message)) onTrouble(message);
    told.add(message);
  };
  let lock: PathLock | null = null;
  let last = '';
  let memory = readMemory(path, trouble);
  return {
    get memory() {
      return memory;
    },
    async lock() {
      try {
        makeFolder(dirname(path), 0o700);
        lock = await lockPath(join(realpathSync(dirname(path)), basename(path)));
        if (lock === null)
          trouble(`Another process keeps the fixtures of this bot in ${path}: this one keeps none.`);
        // Another session may have written it until now.
        else memory = readMemory(path, trouble);
      } catch (error) {
        trouble(
          `The fixtures cannot be kept in ${path} (${codeOf(error)}): a restart knows nothing of them.`,
        );
      }
    },
    write(known) {
      if (lock === null) return;
      const text = `${JSON.stringify({ schema: defaults.schema, ...known }, null, 1)}\n`;
      if (text === last) return;
      try {
        writeWhole(path, text, { isDurable: true, waits: false });
        last = text;
      } catch (error) {
        trouble(
          `The fixtures cannot be written to ${path} (${codeOf(error)}): a restart knows what was written before.`,
        );
      }
    },
    async close() {
      await lock?.release();
      lock = null;
    },
  };
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown';

function readMemory(path: string, onTrouble: (message: string) => void): SeasonMemory {
  const read = readRegular(path, defaults.maxBytes);
  if (read.text === null) {
    if (read.why !== 'absent')
      onTrouble(
        `${read.message.slice(0, -1)}: what was known of fixtures is lost. The list is read again at once.`,
      );
    return nothing;
  }
  const memory = memoryIn(read.text);
  if (memory === null)
    onTrouble(
      `${path} is damaged, or of another version: what was known of fixtures is lost. The list is read again at once.`,
    );
  return memory ?? nothing;
}

function memoryIn(text: string): SeasonMemory | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isObject(value) || value['schema'] !== defaults.schema) return null;
  const { fixtures, matches } = value;
  if (!isListOf(fixtures, isRecord) || !isListOf(matches, isMatch)) return null;
  return { fixtures, matches };
}

function isListOf<T>(value: unknown, fits: (entry: unknown) => entry is T): value is T[] {
  return Array.isArray(value) && value.length <= defaults.maxEntries && value.every(fits);
}

const isTextOrNull = (value: unknown): boolean => value === null || isText(value);
const isMoment = (value: unknown): boolean =>
  typeof value === 'number' && !Number.isNaN(new Date(value).getTime());
const areTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText);

const standings: readonly unknown[] = ['coming', 'near', 'due', 'playing', 'served', 'missed', 'cancelled'];

function isRecord(value: unknown): value is FixtureRecord {
  if (!isObject(value)) return false;
  const { fixture, standing, nearAt, leftAt, absences, alarms, matchIds } = value;
  return (
    isObject(fixture) &&
    isText(fixture['fixtureId']) &&
    isMoment(fixture['startsAt']) &&
    fixture['isInvented'] === false &&
    ['toldId', 'opponent', 'stage', 'round'].every((name) => isTextOrNull(fixture[name])) &&
    (fixture['decisionClockMs'] === null || typeof fixture['decisionClockMs'] === 'number') &&
    standings.includes(standing) &&
    (nearAt === null || isMoment(nearAt)) &&
    (leftAt === null || isMoment(leftAt)) &&
    Number.isSafeInteger(absences) &&
    areTexts(alarms) &&
    areTexts(matchIds)
  );
}

function isMatch(value: unknown): value is SeasonMatch {
  if (!isObject(value)) return false;
  const { matchId, announcedAt, opponents, end } = value;
  return (
    isText(matchId) &&
    isMoment(announcedAt) &&
    (opponents === null || areTexts(opponents)) &&
    (end === null || end === 'completed' || end === 'abandoned')
  );
}
