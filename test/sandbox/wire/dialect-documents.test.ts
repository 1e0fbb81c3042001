import { describe, expect, it } from 'vitest';
import type { Client, Frame, Json } from '../../kit/client.js';
import { caller, openPlatform } from '../../kit/platform.js';
import {
  documentedAsNotSent,
  documentedForms,
  documentedFrames,
  documentedLobby,
  documentedMatchedExtras,
  type Shape,
} from './documented-frames.js';

/** What of a value is not as documented: keys too many or too few, and values of other types. */
function differences(value: unknown, shape: Shape, path: string): string[] {
  if (typeof shape === 'string') return isOf(value, shape) ? [] : [`${path} is no ${shape}`];
  if (Array.isArray(shape)) {
    const [entry] = shape as readonly [Shape];
    if (!Array.isArray(value)) return [`${path} is no list`];
    return value.flatMap((item) => differences(item, entry, `${path}[]`));
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${path} is no object`];
  const keys = shape as Readonly<Record<string, Shape>>;
  if (Object.keys(keys).length === 0) return [];
  const found = value as Json;
  return [
    ...Object.keys(found).flatMap((key) => (key in keys ? [] : [`${path}.${key} is not documented`])),
    ...Object.entries(keys).flatMap(([key, inner]) =>
      key in found ? differences(found[key], inner, `${path}.${key}`) : [`${path}.${key} is missing`],
    ),
  ];
}

function isOf(value: unknown, type: Extract<Shape, string>): boolean {
  switch (type) {
    case 'text':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number';
    case 'whole':
      return Number.isSafeInteger(value);
    case 'flag':
      return typeof value === 'boolean';
    case 'null':
      return value === null;
  }
}

function answer(seat: Client, turn: Frame, action: string, amount?: number): void {
  const { match_id, request_id } = turn;
  const params = amount === undefined ? {} : { params: { amount } };
  seat.say({ type: 'turn_action', match_id, request_id, action, ...params });
}

/** A match to a bust, with a refused action, a fold, and show-downs with and without an all-in: what came on both legs. */
async function playMatch() {
  const open = await openPlatform({ dialect: 'documents', startingStack: 200 });
  const { seat, lobby } = await open.seated({ opponent: caller });
  const first = await seat.until('turn_request');
  answer(seat, first, 'bet');
  await seat.until('action_rejected');
  seat.say({ type: 'turn_action', match_id: first['match_id'], request_id: first['request_id'], extra: 1 });
  await seat.until('error');
  answer(seat, first, 'fold');
  for (;;) {
    const frame = await seat.next();
    if (frame.type === 'match_end') return { frames: seat.frames, lobbyFrames: lobby.frames };
    if (frame.type !== 'turn_request') continue;
    const valid = frame['valid_actions'] as string[];
    const { hand_number, max_raise } = frame['state'] as { hand_number: number; max_raise: number };
    if (hand_number > 3 && valid.includes('raise')) answer(seat, frame, 'raise', max_raise);
    else answer(seat, frame, valid.includes('check') ? 'check' : 'call');
  }
}

describe('the frames of the dialect documents', () => {
  it.each(Object.entries(documentedFrames))(
    '%s has the documented keys, and no others',
    async (type, shape) => {
      const { frames } = await playMatch();
      const some = frames.filter((frame) => frame.type === type);
      expect(some.length).toBeGreaterThan(0);
      expect([...new Set(some.flatMap((frame) => differences(frame, shape, type)))]).toEqual([]);
    },
  );

  it.each(Object.entries(documentedLobby))(
    '%s of the lobby has the documented keys, and no others',
    async (type, shape) => {
      const { lobbyFrames } = await playMatch();
      const some = lobbyFrames.filter((frame) => frame.type === type);
      expect(some.length).toBeGreaterThan(0);
      expect(some.flatMap((frame) => differences(frame, shape, type))).toEqual([]);
    },
  );

  it('matched has its clock where a token asked for the match, and nothing else besides', async () => {
    const { matched, close } = await openPlatform({ dialect: 'documents', format: 'queue' });
    const told = await matched({ opponent: caller });
    const { decision_timeout_ms } = documentedMatchedExtras;
    const shape = { ...documentedLobby['matched'], decision_timeout_ms };
    expect(differences(told.matched, shape, 'matched')).toEqual([]);
    await close();
  });

  it.each(documentedForms)('$field of $frame has the documented form', async ({ frame, field, form }) => {
    const { frames } = await playMatch();
    const texts = frames.filter(({ type }) => type === frame).map((one) => String(one[field]));
    expect(texts.length).toBeGreaterThan(0);
    expect(texts.filter((text) => !form.test(text))).toEqual([]);
  });

  it('are of documented types only', async () => {
    const { frames } = await playMatch();
    const types = new Set(frames.map(({ type }) => type));
    expect([...types].filter((type) => !(type in documentedFrames))).toEqual([]);
    expect(documentedAsNotSent.filter((type) => types.has(type))).toEqual([]);
  });

  it('show nothing of a hand that was won by a fold, and all of one that was not', async () => {
    const { frames } = await playMatch();
    const results = frames.filter(({ type }) => type === 'round_result').map(({ result }) => result as Json);
    expect(results.slice(0, 3).map(({ showdown }) => (showdown as Json[]).length)).toEqual([0, 2, 2]);
  });
});
