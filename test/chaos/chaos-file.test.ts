import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeReplay, loadChaos, parseChaos, profiles } from '../../src/chaos/index.js';
import { ConfigError } from '../../src/protocol/errors.js';

const whole = `
name = "mine"
description = "what I fear"

[[fault]]
kind = "half-open"
leg = "match"
silent = "down"
at = 3

[[fault]]
kind = "refuse"
at = 1
status = 429
retry-after-seconds = 2

[[fault]]
kind = "delay"
ms = 10
jitter_ms = 5
every = 1
times = inf

[[fault]]
kind = "close"
type = "turn_request"
code = [1001, 1012]
chance = 0.5
`;

const mine = {
  name: 'mine',
  description: 'what I fear',
  faults: [
    { kind: 'halfOpen', leg: 'match', silent: 'down', at: 3 },
    { kind: 'refuse', at: 1, status: 429, retryAfterSeconds: 2 },
    { kind: 'delay', ms: 10, jitterMs: 5, every: 1, times: Infinity },
    { kind: 'close', type: 'turn_request', code: [1001, 1012], chance: 0.5 },
  ],
};

function refusal(text: string): { message: string; field: string | undefined } {
  try {
    parseChaos(text, 'my.toml');
  } catch (error) {
    if (error instanceof ConfigError) return { message: error.message, field: error.field };
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('a chaos file', () => {
  it('is read with kebab and snake keys', () => {
    expect(parseChaos(whole, 'my.toml')).toEqual(mine);
  });

  it('is found by its path, a profile by its name', () => {
    const folder = mkdtempSync(join(tmpdir(), 'chaos-'));
    const path = join(folder, 'my.toml');
    writeFileSync(path, whole);
    expect(loadChaos(path)).toEqual(mine);
    rmSync(folder, { recursive: true });
    expect(loadChaos('drops')).toBe(profiles.find(({ name }) => name === 'drops'));
  });

  it('that is not there is told with the names of the profiles', () => {
    expect(() => loadChaos('dorps')).toThrow(
      /^There is neither a profile nor a file dorps\. Profiles: calm, drops, .*everything\.$/,
    );
    expect(() => loadChaos(tmpdir())).toThrow(/is a folder, not a file\. Give a profile or a TOML file\.$/);
  });

  const fault = (lines: string) => `name = "x"\n[[fault]]\nkind = "pings"\n[[fault]]\n${lines}`;

  it.each([
    ['name = ', undefined, 'my.toml is not valid TOML: look at line 1, column 8.'],
    ['', 'name', 'my.toml: name must be text of 1 to 1000 characters.'],
    ['name = "x"\nmood = 1', 'mood', 'my.toml: mood is not known; there are name, description and faults.'],
    ['name = "x"\nfault = 1', 'fault', 'my.toml: fault must be written as [[fault]] tables.'],
    [
      fault(''),
      'fault[2].kind',
      expect.stringMatching(/^my\.toml: fault 2, kind must be one of drop, halfOpen, /),
    ],
    [fault('kind = "dorp"'), 'fault[2].kind', expect.stringMatching(/, lobbyDrop, not "dorp"\.$/)],
    [
      fault('kind = "drop"\nhow = "loud"'),
      'fault[2].how',
      'my.toml: fault 2, how must be one of reset, fin, not "loud".',
    ],
    [
      fault('kind = "drop"\nstatus = 5'),
      'fault[2].status',
      'my.toml: fault 2, status is not known for drop; there are leg, direction, type, at, every, chance, times, connections, how, when.',
    ],
    [
      fault('kind = "delay"'),
      'fault[2].ms',
      'my.toml: fault 2, ms is missing; it must be a whole number from 0 to 2147483647.',
    ],
    [
      fault('kind = "drop"\nat = 0'),
      'fault[2].at',
      'my.toml: fault 2, at must be a whole number from 1 on, not 0.',
    ],
    [
      fault('kind = "drop"\nat = 1\nevery = 2'),
      'fault[2].every',
      'my.toml: fault 2, every cannot be given together with at.',
    ],
    [
      fault('kind = "drop"\nchance = 1.5'),
      'fault[2].chance',
      'my.toml: fault 2, chance must be a number from 0 to 1, not 1.5.',
    ],
    [
      fault('kind = "drop"\ntimes = 1.5'),
      'fault[2].times',
      'my.toml: fault 2, times must be a whole number from 1 on, or Infinity (inf in a file), not 1.5.',
    ],
    [
      fault('kind = "close"\ncode = []'),
      'fault[2].code',
      'my.toml: fault 2, code must be a whole number from 0 to 65535, or a list of such numbers, not a list like this one.',
    ],
    [
      fault(`kind = "close"\nreason = "${'é'.repeat(62)}"`),
      'fault[2].reason',
      expect.stringMatching(/^my\.toml: fault 2, reason must be text of at most 123 bytes, not "é+"\.$/),
    ],
    [
      fault('kind = "garble"\ndirection = "up"'),
      'fault[2].direction',
      'my.toml: fault 2, direction must be down: garble changes frames of the server only.',
    ],
    [
      fault('kind = "refuse"\nstatus = 503\ntype = "hello"'),
      'fault[2].type',
      expect.stringMatching(/^my\.toml: fault 2, type is not known for refuse; there are leg, at, /),
    ],
    [
      fault('kind = "refuse"\nstatus = 503\nretry-after-seconds = 1\nretry_after_seconds = 2'),
      'fault[2].retry_after_seconds',
      'my.toml: fault 2, retry_after_seconds is there twice.',
    ],
  ])('is refused: %j', (text, field, message) => {
    expect(refusal(text)).toEqual({ field, message });
  });
});

describe('the line that repeats a run', () => {
  it('can be pasted into a shell', () => {
    expect(describeReplay(['proxy', 'ws://127.0.0.1:8001'], "it's mine.toml", 'a b')).toBe(
      "chipzen-agent proxy ws://127.0.0.1:8001 --chaos 'it'\\''s mine.toml' --seed 'a b'",
    );
  });
});
