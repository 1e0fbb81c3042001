/** Matches of the local platform, recorded by the bots that play them and by the platform itself. */
import { join } from 'node:path';
import { expect } from 'vitest';
import { createRandom } from '../../../src/chance/random.js';
import { historiesOfRecord } from '../../../src/histories/formats/platform-record.js';
import type { HandHistory } from '../../../src/histories/hand-history.js';
import { Action } from '../../../src/holdem/action.js';
import type { GameState } from '../../../src/holdem/game-state.js';
import type { AgentOptions } from '../../../src/io/settings/agent-options.js';
import { readReplay } from '../../../src/platform/read-records.js';
import type { JsonObject } from '../../../src/protocol/frames.js';
import type { SandboxEvent, SandboxOptions } from '../../../src/sandbox/index.js';
import { recordPlatform } from '../../../src/sandbox/record-platform.js';
import { systemClock, timesOf } from '../../../src/time/clock.js';
import { startAgent } from '../../kit/agent.js';
import { makeFolder } from '../../kit/folder.js';
import { openPlatform } from '../../kit/platform.js';
import { recordReader } from '../../kit/record-reader.js';

/** A bot that plays at random, so that hands end in every way. */
function randomBot(seed: string) {
  const random = createRandom(seed);
  return class Wild {
    decide({ validActions, minRaise, maxRaise }: GameState) {
      const draw = random();
      if (draw < 0.12) return Action.fold();
      if (draw < 0.75 || maxRaise === 0)
        return validActions.includes('check') ? Action.check() : Action.call();
      const share = draw > 0.93 ? 1 : (draw - 0.75) / 0.4;
      return Action.raiseTo(minRaise + Math.floor((maxRaise - minRaise) * share));
    }
  };
}

export interface RecordedMatchOptions extends SandboxOptions {
  /** Other seats than that of the bot. Default: 1. */
  opponents?: number;
  seed?: string;
  agent?: Partial<AgentOptions>;
}

/** One match that an agent and the platform have recorded, in a folder each, and what the platform's `/replay` tells. */
export async function playRecordedMatch(options: RecordedMatchOptions = {}) {
  const { opponents = 1, seed = 'test', agent = {}, ...more } = options;
  const folder = makeFolder();
  const [agentFolder, platformFolder] = [join(folder, 'agent'), join(folder, 'platform')];
  const recorder = recordPlatform({
    folder: platformFolder,
    limits: { maxBytes: Infinity, maxAgeMs: Infinity, maxMatches: Infinity },
    clock: systemClock,
    ...timesOf({}),
    onTrouble: (message) => expect.unreachable(message),
  });
  const { sandbox } = await openPlatform({
    maxHands: 30,
    seed,
    onEvent: (event: SandboxEvent) => recorder.onEvent(event),
    ...more,
  });
  const bot = sandbox.addBot();
  const { done } = startAgent(randomBot(seed), bot, {
    record: { folder: agentFolder, label: 'v7' },
    maxMatches: 1,
    ...agent,
  });
  const house = ['random', 'calling-station', 'random', 'random', 'tight-aggressive'].slice(0, opponents);
  const { matchId } = await sandbox.dispatch(bot.botId, { opponents: house });
  const [result] = await done;
  await sandbox.result(matchId);
  await recorder.close();
  const replay = readReplay((await recordReader(sandbox).replay(matchId)) as unknown as JsonObject);
  if (replay === null) throw new Error('That is no replay.');
  const { hands, refused } = historiesOfRecord(replay.hands, { source: 'replay', matchId });
  expect(refused).toEqual([]);
  return { matchId, result, sandbox, agentFolder, platformFolder, replayed: hands };
}

/** What all sources of a hand tell alike. */
export function asPlayed({ matchId, handNumber, level, dealerSeat, seats, history, board }: HandHistory) {
  return {
    matchId,
    handNumber,
    level,
    dealerSeat,
    seats: seats.map(({ seat, stack, stackAfter, hasShown }) => ({ seat, stack, stackAfter, hasShown })),
    history: history.map((entry) => ({ ...entry, isTimeout: false })),
    board,
  };
}
