import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { AgentEvent } from '../../src/protocol/events.js';

const read = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');

type OfMatch = Extract<AgentEvent, { type: `${'match' | 'hand' | 'turn' | 'bot' | 'card'}.${string}` }>;
/** The members of a union, and those of the unions that are among them, as text. */
function membersOf(union: string, file: string): string[] {
  const source = read(`src/protocol/${file}.ts`);
  const [, rest = ''] = source.split(`export type ${union} =`);
  const [declared = ''] = rest.split(/\n\n(?:\/\*\*|export)/);
  const members = declared
    .replace(/\/\*\*[^]*?\*\//g, '')
    .replace(/\/\/ .*/g, '')
    .split(/\n {2}\| /)
    .slice(1);
  return members.flatMap((member) => {
    const [, name] = /^(\w+(?:Event|Report))\b/.exec(member) ?? [];
    const from = name && new RegExp(`import type \\{ ${name} \\} from './([\\w-]+)\\.js'`).exec(source)?.[1];
    return name === undefined || from === undefined ? [member] : membersOf(name, from);
  });
}

/** A thread that is left behind may never have had a match. */
type Always = Exclude<OfMatch, { type: 'bot.left_behind' }>;

describe('events of a session', () => {
  it('name their match where they are of one', () => {
    expectTypeOf<Always>().toHaveProperty('matchId').toEqualTypeOf<string>();
    expectTypeOf<Exclude<OfMatch, Always>>().toHaveProperty('matchId').toEqualTypeOf<string | null>();
  });

  it('are all in the table of docs/protocol.md, with their fields', () => {
    const events = membersOf('AgentEvent', 'events');
    expect(events.length).toBeGreaterThan(30);
    const fieldsOf = (text: string): string[] =>
      [...text.matchAll(/(\w+)\??:/g)].flatMap(([, name = '']) => (name === 'type' ? [] : [name]));
    const expected = events.map((text) => [/'([\w.]+)'/.exec(text)?.[1] ?? '', fieldsOf(text).toSorted()]);

    const [, section = ''] = read('docs/protocol.md').split('### 8.8 ');
    const [table = ''] = section.split('\n## ');
    const rows = [...table.matchAll(/^\| `([\w.]+)` \|([^|]*)\|/gm)];
    const told = rows.map(([, name, fields = '']) => [
      name,
      [...fields.matchAll(/`(\w+)`/g)].map(([, field = '']) => field).toSorted(),
    ]);
    expect(told).toEqual(expected);
  });
});
