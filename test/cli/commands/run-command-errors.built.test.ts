/** What the author of a bot sees of its errors, through the command. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../../../src/cli/program.js';
import type { TimedAgentEvent } from '../../../src/protocol/events.js';
import { makeFolder } from '../../kit/folder.js';
import { openPlatform } from '../../kit/platform.js';
import { fakeIo } from '../surroundings/fake-surroundings.js';

/** In two parts: as one, it would be taken for the map of this file. */
const mapMark = ['//# source', 'MappingURL'].join('');

const token = 'cz_extbot_ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** Plays one match of two hands with the bot of this text. */
async function play(text: string, flags: readonly string[] = [], name = 'bot.ts', folder = makeFolder()) {
  const path = join(folder, name);
  writeFileSync(path, text);
  const { sandbox } = await openPlatform({ maxHands: 2, seed: 'a' });
  const { botId, lobbyUrl } = sandbox.addBot({ token });
  const io = fakeIo({ CHIPZEN_EXTBOT_TOKEN: token, CHIPZEN_LOBBY_URL: lobbyUrl });
  const session = runCli(['run', path, '--max-matches', '1', ...flags], io);
  await Promise.race([sandbox.dispatch(botId), session]);
  const code = await session;
  const line = (told: string): string => told.replaceAll(path, 'BOT').replace(/^match \w+:/, 'match M:');
  return { code, out: io.out().map(line), err: io.err().map(line) };
}

const raises = `import { Action, type GameState } from 'chipzen-agent';

interface Unused {
  text: string;
}

export default {
  decide(
    state: GameState,
  ): Action {
    return (Action as any).raise(
      state.pot,
    );
  },
};
`;

describe("an error of the bot's turn", () => {
  it.each(['process', 'worker', 'none'])(
    'is told once with its line, then counted, and sums up to exit code 6, with --isolate %s',
    async (isolate) => {
      const { code, out, err } = await play(raises, ['--isolate', isolate]);
      const what =
        'There is no Action.raise. Write Action.raiseTo(total): the total to raise to on this street, in chips. (BOT:11)';
      expect(out.filter((line) => line.includes('the bot threw'))).toEqual([
        `match M: the bot threw in decide: ${what}`,
      ]);
      const [total, ...kinds] = out.slice(-2);
      expect(total).toMatch(
        /^net [+-]?\d+ chips in 2 hands; (\d+) turns, \1 answered for the bot; \1 errors of the bot$/,
      );
      expect(kinds).toEqual([expect.stringMatching(/^ {2}\d+ x in decide: There is no Action\.raise\./)]);
      expect(err).toEqual(['chipzen-agent: the bot failed at every turn: it has answered none of them.']);
      expect(code).toBe(6);
    },
  );

  it('shows its whole stack with --verbose, once, and no token in it', async () => {
    const text = `function deep() { throw new RangeError('no model for ${token}'); }
export default { decide() { deep(); } };`;
    const { err } = await play(text, ['--verbose']);
    expect(err.filter((line) => line.includes('RangeError'))).toEqual(['RangeError: no model for [token]']);
    expect(err.filter((line) => line.includes('at deep')).map((line) => line.trim())).toEqual([
      expect.stringMatching(/^at deep \(BOT:1:\d+\)$/),
    ]);
    expect(err.join('\n')).not.toContain('ABCDEFGHIJ');
  });

  it('is an event of --json with its place, its stack and how often it came; each event of a match names it', async () => {
    const { code, out } = await play(raises, ['--json']);
    const events = out.map((line): TimedAgentEvent => JSON.parse(line));
    const failures = events.filter(({ type }) => type === 'bot.failed');
    expect(failures.length).toBeGreaterThan(1);
    expect(failures).toEqual(
      failures.map((_, index) =>
        expect.objectContaining({
          place: 'BOT:11',
          times: index + 1,
          error: {
            name: 'TypeError',
            message: expect.stringMatching(/^There is no Action\.raise/),
            stack: expect.arrayContaining([expect.stringMatching(/BOT:11:\d+/)]),
          },
        }),
      ),
    );
    const ofMatches = events.filter(({ type }) => /^(?:match|hand|turn|bot|card)\./.test(type));
    expect(ofMatches.length).toBeGreaterThan(20);
    expect(new Set(ofMatches.map((event) => 'matchId' in event && event.matchId)).size).toBe(1);
    expect(events.at(-1)).toMatchObject({ type: 'lobby.ended', message: 'no more matches were asked for' });
    expect(code).toBe(6);
  });

  it.each(['process', 'none'])(
    'is told with the line of the TypeScript that a compiler made the file of, %s',
    async (isolate) => {
      const map = { version: 3, sources: ['src/my-bot.ts'], names: [], mappings: ';AAQA' };
      const inline = Buffer.from(JSON.stringify(map)).toString('base64');
      const { out } = await play(
        `export default { decide() {\nthrow new Error('lost'); } };\n${mapMark}=data:application/json;base64,${inline}\n`,
        ['--isolate', isolate],
        'bot.mjs',
      );
      expect(out.find((line) => line.includes('the bot threw'))).toMatch(/: lost \(.*src\/my-bot\.ts:9\)$/);
    },
  );

  it('of a bot that answers some turns itself is no failure of the session', async () => {
    const { code, out, err } = await play(
      `let turns = 0;
export default { decide({ validActions }) {
  turns += 1;
  if (turns === 1) throw new Error('the first is hard');
  return { action: validActions.includes('check') ? 'check' : 'call' };
} };`,
      ['--isolate', 'none'],
    );
    expect(out.slice(-1)).toEqual(['  1 x in decide: the first is hard (BOT:4)']);
    expect([code, err]).toEqual([0, []]);
  });
});

describe('a bot file in TypeScript', () => {
  it.each([
    [
      'with paths of its tsconfig.json',
      '{ "compilerOptions": { "paths": { "~plan": ["./plan.ts"] } } }',
      "import { plan } from '~plan';",
    ],
    ['that ends with export =', '{}', "import plans = require('./plan.ts');\nconst { plan } = plans;"],
    [
      'beside a tsconfig.json that extends one that is gone',
      '{ "extends": "./gone.json" }',
      "import { plan } from './plan.js';",
    ],
  ])('plays %s', async (_what, tsconfig, head) => {
    const folder = makeFolder();
    writeFileSync(join(folder, 'tsconfig.json'), tsconfig);
    writeFileSync(join(folder, 'plan.ts'), `export const plan: string = 'check';`);
    const text = `${head}
class Caller {
  decide({ validActions }: { validActions: string[] }) {
    return { action: validActions.includes(plan) ? plan : 'call' };
  }
}
export = Caller;`;
    const { code, err, out } = await play(text, ['--isolate', 'none'], 'bot.ts', folder);
    expect([code, err]).toEqual([0, []]);
    expect(out.at(-1)).toMatch(/, 0 answered for the bot; no errors of the bot$/);
  });
});

describe('a bot file that cannot be loaded says why', () => {
  const fold = `export default { decide() { return Action.fold(); } };`;

  it.each([
    [
      'a misspelt import of this package',
      `import {\n  Actoin,\n} from 'chipzen-agent';\nexport default { decide() { return Actoin.fold(); } };`,
      "BOT cannot be loaded: bot.ts:2 imports Actoin from 'chipzen-agent', which does not export it. Did you mean Action?",
    ],
    [
      'a class that extends a misspelt one',
      `import { Bto } from 'chipzen-agent';\nexport default class extends Bto { decide() {} }`,
      "BOT cannot be loaded: bot.ts:1 imports Bto from 'chipzen-agent', which does not export it. Did you mean Bot?",
    ],
    [
      'a missing file',
      `import { Action } from 'chipzen-agent';\nimport { plan } from './palns.js';\nplan();\n${fold}`,
      "BOT cannot be loaded: bot.ts:2 imports './palns.js', which is not there.",
    ],
    [
      'a missing package',
      `import solver from 'poker-solver-x';\nsolver();\n${fold}`,
      "BOT cannot be loaded: bot.ts:1 imports 'poker-solver-x', which is not installed here. Run npm install poker-solver-x in the bot's folder, or correct the name.",
    ],
    [
      'a syntax error',
      'export default {\n  decide( {}\n};',
      'BOT cannot be loaded: ParseError: Unexpected token, expected "," at bot.ts:3:0',
    ],
    [
      'a part of the official SDK',
      `import { Bot } from '@chipzen-ai/bot/client';\nexport default class extends Bot { decide() {} }`,
      "BOT cannot be loaded: bot.ts:1 imports '@chipzen-ai/bot/client'. chipzen-agent stands in for '@chipzen-ai/bot' as a whole and has no such part of it: import the same names from '@chipzen-ai/bot'.",
    ],
    [
      'an error at the top of the file',
      `const table: any = undefined;\n\ntable.seats.length;\nexport default { decide() {} };`,
      "BOT cannot be loaded: TypeError: Cannot read properties of undefined (reading 'seats') (bot.ts:3)",
    ],
  ])('%s', async (_what, text, message) => {
    for (const isolate of ['worker', 'none']) {
      const { code, err } = await play(text, ['--isolate', isolate]);
      expect([code, err[0]]).toEqual([6, `chipzen-agent: ${message}`]);
    }
  });
});
