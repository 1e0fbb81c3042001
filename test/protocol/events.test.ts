import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { AgentEvent } from '../../src/protocol/events.js';

const read = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');

type OfMatch = Extract<AgentEvent, { type: `${'match' | 'hand' | 'turn' | 'bot' | 'card'}.${string}` }>;
/** A thread that is left behind may never have had a match. */
type Always = Exclude<OfMatch, { type: 'bot.left_behind' }>;

describe('events of a session', () => {
  it('name their match where they are of one', () => {
    expectTypeOf<Always>().toHaveProperty('matchId').toEqualTypeOf<string>();
    expectTypeOf<Exclude<OfMatch, Always>>().toHaveProperty('matchId').toEqualTypeOf<string | null>();
  });

  it('are all in the table of docs/protocol.md, with their fields', () => {
    const [, union = ''] = read('src/protocol/events.ts').split('export type AgentEvent =');
    const [declared = ''] = union.split('\n\n/**');
    const events = declared
      .replace(/\/\*\*[^]*?\*\//g, '')
      .split(/\n {2}\| /)
      .slice(1);
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
