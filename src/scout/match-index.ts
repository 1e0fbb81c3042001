/** The lists of matches that were paged through, each in a file: that of all matches, and those of single bots. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../files/make-folder.js';
import { lockPath } from '../files/path-lock.js';
import { writeWhole } from '../files/write-whole.js';
import type { RecordedMatch } from '../platform/read-records.js';
import { maskTokensInJson } from '../protocol/redact.js';
import { emptyList, joinLists, listText, type MatchList, readList } from './match-list.js';
import { hashOf } from './scout-cache.js';

const defaults = { lockTries: 100, lockWaitMs: 10 } as const;

export interface MatchIndex {
  /** @param botId null: all matches of the platform. */
  load(botId: string | null): MatchList;
  /** Keeps it together with what another scout has kept meanwhile. @throws the system's error. */
  save(botId: string | null, list: MatchList): Promise<void>;
  /** The ids of the bots that had this name in a match of the list of all; null among them: a bot without an id. */
  botIdsOf(name: string): Set<string | null>;
}

/** @param folder the cache's folder of one origin. */
export function openMatchIndex(folder: string): MatchIndex {
  const lists = join(folder, 'lists');
  makeFolder(lists, 0o700);
  const pathOf = (botId: string | null) =>
    join(lists, botId === null ? 'all.json' : `bot-${hashOf(botId)}.json`);

  function load(botId: string | null): MatchList {
    try {
      return readList(readFileSync(pathOf(botId), 'utf8'));
    } catch {
      return emptyList;
    }
  }

  return {
    load,
    async save(botId, list) {
      const path = pathOf(botId);
      for (let left: number = defaults.lockTries; ; left -= 1) {
        const lock = await lockPath(path);
        if (lock === null && left > 0) {
          await new Promise((resolve) => setTimeout(resolve, defaults.lockWaitMs));
          continue;
        }
        try {
          writeWhole(path, maskTokensInJson(listText(joinLists(list, load(botId)))));
          return;
        } finally {
          await lock?.release();
        }
      }
    },
    botIdsOf: (name) => botIdsIn(load(null).rows.values(), name),
  };
}

/** The ids of the bots that had this name; null among them: a bot without an id. */
export function botIdsIn(rows: Iterable<RecordedMatch>, name: string): Set<string | null> {
  const ids = new Set<string | null>();
  for (const { participants } of rows)
    for (const each of participants) if (each.name === name) ids.add(each.botId);
  if (ids.size > 1) ids.delete(null);
  return ids;
}
