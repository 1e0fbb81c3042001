import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Bot } from '../../src/bot/bot.js';
import { runConformanceChecks, validateBot } from '../../src/check/official-checks.js';
import { Action } from '../../src/holdem/action.js';
import type { GameState } from '../../src/holdem/game-state.js';
import { BadBotError, OptionError } from '../../src/protocol/errors.js';
import { makeFolder } from '../kit/folder.js';

class Passive extends Bot {
  decide({ validActions }: GameState): Action {
    return validActions.includes('check') ? Action.check() : Action.call();
  }
}

const names = [
  'connectivity_full_match',
  'multi_turn_request_id_echo',
  'action_rejected_recovery',
  'retry_storm_bounded',
];

describe('runConformanceChecks', () => {
  it('passes an instance, a class and a factory', async () => {
    for (const bot of [new Passive(), Passive, () => new Passive()]) {
      expect((await runConformanceChecks(bot)).map(({ name, severity }) => [name, severity])).toEqual(
        names.map((name) => [name, 'pass']),
      );
    }
  });

  it('says what a bot that throws costs', async () => {
    class Thrower extends Passive {
      override decide(): Action {
        throw new Error('no idea');
      }
    }
    const [first] = await runConformanceChecks(Thrower);
    expect(first).toEqual({
      severity: 'fail',
      name: 'connectivity_full_match',
      message: expect.stringContaining('no idea'),
    });
  });

  it('does not wait for a bot that never answers', async () => {
    const never = { decide: () => new Promise<Action>(() => undefined) };
    const checks = await runConformanceChecks(never, { timeoutMs: 20 });
    expect(checks.map(({ severity, message }) => [severity, message])).toEqual(
      names.map(() => ['fail', 'The exchange has not ended after 20 ms.']),
    );
  });

  it('refuses what is no bot', async () => {
    await expect(runConformanceChecks({ play: 1 } as never)).rejects.toThrow(BadBotError);
  });
});

describe('validateBot', () => {
  it('says that there is no folder, or no bot file in it', async () => {
    const folder = makeFolder();
    expect(await validateBot(join(folder, 'none'))).toEqual([
      {
        severity: 'fail',
        name: 'file_structure',
        message: `There is no folder ${join(folder, 'none')} that can be read.`,
      },
    ]);
    expect(await validateBot(folder)).toMatchObject([
      { name: 'size', severity: 'pass' },
      {
        name: 'file_structure',
        severity: 'fail',
        message: expect.stringContaining(`There is no bot file in ${folder}: bot.ts, bot.js, `),
      },
    ]);
    await expect(validateBot(folder, { maxUploadBytes: Number.NaN })).rejects.toThrow(OptionError);
  });
});
