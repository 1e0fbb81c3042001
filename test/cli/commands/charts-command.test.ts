import { parseAst } from 'vite';
import { describe, expect, it } from 'vitest';
import { runCli } from '../../../src/cli/program.js';
import { chartSource } from '../../../src/inspect/chart-source.js';
import { handoverMachine } from '../../../src/machines/handover.js';
import { lobbyMachine } from '../../../src/machines/lobby.js';
import { matchMachine } from '../../../src/machines/match.js';
import { queueMachine } from '../../../src/machines/queue.js';
import { seasonMachine } from '../../../src/machines/season.js';
import { fakeIo } from '../surroundings/fake-surroundings.js';

const all = {
  lobby: lobbyMachine,
  match: matchMachine,
  season: seasonMachine,
  queue: queueMachine,
  handover: handoverMachine,
};

interface Call {
  callee: { name: string };
  arguments: Value[];
}

interface Declaration {
  declarations: { id: { name: string }; init: unknown }[];
}

const statementOf = (statement: unknown): Declaration =>
  (statement as { declaration: Declaration }).declaration;

interface Value {
  type: string;
  elements?: Value[];
  properties?: { type: string; kind: string; computed: boolean; shorthand: boolean; value: Value }[];
}

/** Numbers, texts, lists and objects: no names, no calls, no functions. */
function isPlain({ type, elements = [], properties = [] }: Value): boolean {
  const isOwn = (one: NonNullable<Value['properties']>[number]): boolean =>
    one.type === 'Property' && one.kind === 'init' && !one.computed && !one.shorthand && isPlain(one.value);
  if (type === 'ArrayExpression') return elements.every(isPlain);
  return type === 'ObjectExpression' ? properties.every(isOwn) : type === 'Literal';
}

async function charts(...args: string[]) {
  const io = fakeIo();
  const code = await runCli(['charts', ...args], io);
  return { code, out: io.out().join('\n'), err: io.err().join('\n') };
}

describe('charts', () => {
  it.each<[string[], string]>([
    [[], chartSource(all, 'ts')],
    [['season'], chartSource({ season: seasonMachine }, 'ts')],
    [['queue', '--json'], chartSource({ queue: queueMachine }, 'json')],
    [['handover'], chartSource({ handover: handoverMachine }, 'ts')],
    [['lobby'], chartSource({ lobby: lobbyMachine }, 'ts')],
    [['match', '--format', 'mermaid'], chartSource({ match: matchMachine }, 'mermaid')],
    [['match', '--json'], chartSource({ match: matchMachine }, 'json')],
  ])('prints what was asked for with %j', async (args, out) => {
    expect(await charts(...args)).toEqual({ code: 0, out, err: '' });
  });

  it.each([
    [['table'], /lobby, match, season, queue, handover/],
    [['--format', 'svg'], /ts, json, mermaid/],
  ])('refuses %j, and says what there is', async (args, sentence) => {
    const { code, out, err } = await charts(...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(sentence);
  });

  // An importer reads the code without running it (https://stately.ai/docs/import-from-code, read on 2026-11-28): calls of
  // createMachine, also several of them, each with one object.
  it('prints calls of createMachine whose whole argument can be read without running it', async () => {
    const { body } = parseAst((await charts()).out);
    const named = body.slice(1).map((statement) => {
      const [declared] = statementOf(statement).declarations;
      if (declared === undefined) throw new Error('A statement declares nothing.');
      const { callee, arguments: given } = declared.init as Call;
      return { name: declared.id.name, callee: callee.name, isPlain: given.map(isPlain) };
    });
    expect(body[0]?.type).toBe('ImportDeclaration');
    expect(named).toEqual(
      Object.keys(all).map((name) => ({
        name: `${name}Machine`,
        callee: 'createMachine',
        isPlain: [true],
      })),
    );
  });

  it('has examples in its help', async () => {
    expect((await charts('--help')).out).toContain('chipzen-agent charts match > match.ts');
  });
});
