import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/chance/random.js';
import { checkBot } from '../../src/check/check-bot.js';
import type { CheckOptions } from '../../src/check/check-options.js';
import type { CheckReport, FindingWeight } from '../../src/check/check-report.js';
import { Action } from '../../src/holdem/action.js';
import { houseBotNames } from '../../src/house/house-bot-names.js';
import { houseBots } from '../../src/house/house-bots.js';
import { BadBotError, OptionError } from '../../src/protocol/errors.js';
import { badBots, passive } from './bad-bots.js';

const checkHere = (make: () => never, options: CheckOptions = {}) => checkBot(make, { hands: 6, ...options });

function codes({ parts }: CheckReport, weight: FindingWeight): string[] {
  const found = parts.flatMap(({ findings }) => findings.filter((finding) => finding.weight === weight));
  return [...new Set(found.map(({ code }) => code))];
}

const statuses = ({ parts }: CheckReport, status: string): string[] =>
  parts.filter((part) => part.status === status).map(({ id }) => id);

describe('checkBot', () => {
  it.each(badBots)('names what costs chips of a bot that $fault', async ({ code, places, make }) => {
    const report = await checkHere(make as never);
    expect({ costs: codes(report, 'costs'), passed: report.passed, finished: report.finished }).toEqual({
      costs: [code],
      passed: false,
      finished: true,
    });
    expect(statuses(report, 'failed')).toEqual(expect.arrayContaining(places));
    expect(statuses(report, 'passed')).toEqual(expect.arrayContaining(['made', 'resources']));
  });

  it.each(houseBotNames)('passes the house bot %s', async (name) => {
    const make = houseBots[name];
    const report = await checkHere((() => make?.('check')) as never);
    expect({ costs: codes(report, 'costs'), passed: report.passed }).toEqual({ costs: [], passed: true });
  });

  it('asks turns of every street and every trap, and says what was answered', async () => {
    const report = await checkHere((() => ({ decide: passive })) as never);
    const { parts } = report;
    expect(statuses(report, 'passed')).toEqual(parts.map(({ id }) => id));
    const ids = [
      'made clock-2s clock-30s preflop flop turn river',
      'inverted-range short-big-blind short-small-blind covering-bet sliver-all-in',
      'one-shown comes-late reconnect unknown-post six-seats seat-out no-clock',
      'whole-match three-turns rejected rejected-thrice',
      'same-answers self-play legality resources',
    ];
    expect(parts.map(({ id }) => id)).toEqual(ids.flatMap((line) => line.split(' ')));
    const river = parts.find(({ id }) => id === 'river')?.turns.map(({ street, answer }) => [street, answer]);
    expect(river).toEqual([
      ['preflop', { action: 'check' }],
      ['flop', { action: 'check' }],
      ['turn', { action: 'check' }],
      ['river', { action: 'check' }],
      ['river', { action: 'call' }],
    ]);
    expect(report.figures).toMatchObject({ hands: 6, decisions: expect.any(Number), memoryMb: null });
  });

  it('gives a seat the same name at the start and in the results', async () => {
    const ends: string[][] = [];
    const report = await checkHere((() => {
      let seated: string[] = [];
      return {
        decide: passive,
        onMatchStart({ seats }: { seats: { display_name: string }[] }) {
          seated = seats.map(({ display_name: name }) => name);
        },
        onMatchEnd(results: { name?: string }[]) {
          const named = results.flatMap(({ name }) => name ?? []);
          if (seated.length > 0 && named.length > 0) ends.push([seated.join(), named.join()]);
        },
      };
    }) as never);
    expect(report.passed).toBe(true);
    expect(ends.length).toBeGreaterThan(10);
    expect(ends.filter(([atStart, atEnd]) => atStart !== atEnd)).toEqual([]);
  });

  it('tells and does not fail a bot that mixes', async () => {
    const random = createRandom('mixes');
    const report = await checkHere((() => ({
      decide: (state: Parameters<typeof passive>[0]) => {
        return random() < 0.5 && state.validActions.includes('raise')
          ? Action.raiseTo(state.minRaise)
          : passive(state);
      },
    })) as never);
    expect([codes(report, 'told'), report.passed]).toEqual([['mixes'], true]);
    const mixes = report.parts.find(({ id }) => id === 'same-answers')?.findings[0];
    expect(mixes?.message).toMatch(
      /^\d+ of \d+ turns were answered otherwise the second time, the first of them with /,
    );
  });

  it.each([
    ['raise_too_large', 'more than it may', (max: number) => max + 1],
    ['raise_not_whole', 'half a chip', (max: number) => max - 0.5],
  ])('warns with %s of a raise to %s', async (code, _, amountOf) => {
    const report = await checkHere((() => ({
      decide: (state: Parameters<typeof passive>[0]) =>
        state.phase === 'river' && state.validActions.includes('raise') && state.minRaise < state.maxRaise
          ? { action: 'raise', params: { amount: amountOf(state.maxRaise) } }
          : passive(state),
    })) as never);
    expect([codes(report, 'warning'), codes(report, 'costs'), report.passed]).toEqual([[code], [], true]);
  });

  it('reports a bot that cannot be made, and plays nothing', async () => {
    const report = await checkHere(() => {
      throw new Error('no tables here');
    });
    const [made, ...others] = report.parts;
    expect([made?.status, made?.findings[0]?.message]).toEqual([
      'failed',
      expect.stringMatching(/^The bot could not be made: no tables here \(test\/\S+:\d+\)$/),
    ]);
    expect(new Set(others.map(({ status }) => status))).toEqual(new Set(['skipped', 'passed']));
    expect(report.passed).toBe(false);
  });

  it('ends when its time is over, and says what was not played', async () => {
    const report = await checkHere((() => ({ decide: () => new Promise(() => undefined) })) as never, {
      timeLimitMs: 300,
    });
    expect([report.passed, report.finished]).toEqual([false, false]);
    expect(report.parts.find(({ id }) => id === 'clock-2s')).toMatchObject({
      status: 'skipped',
      why: 'The time of the check was over.',
    });
    expect(report.figures.durationMs).toBeLessThan(5_000);
  });

  it('refuses what cannot be a bot, and isolation for what is no file', async () => {
    await expect(checkBot(7 as never)).rejects.toThrow(BadBotError);
    await expect(checkBot({ decide: passive }, { isolate: 'process' })).rejects.toThrow(OptionError);
    await expect(checkBot({ module: 'no-such-bot.js' })).rejects.toThrow('There is no bot file');
    const misspelt = checkBot({ decide: passive }, { timeLimit: 5 } as never);
    await expect(misspelt).rejects.toThrow(
      'checkBot has no option named timeLimit. Did you mean timeLimitMs?',
    );
    await expect(checkBot({ decide: passive }, { hands: 0 })).rejects.toThrow(OptionError);
  });

  it('says how far it is', async () => {
    const steps: string[] = [];
    await checkHere((() => ({ decide: passive })) as never, {
      onProgress: ({ done, total, title }) => steps.push(`${done}/${total} ${title}`),
    });
    expect(steps[0]).toBe('0/27 the bot is loaded and made');
    expect(steps.at(-1)).toBe('24/27 6 hands against itself');
  });
});
