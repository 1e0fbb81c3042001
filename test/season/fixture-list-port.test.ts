import { expect, it } from 'vitest';
import { createActor, setup } from 'xstate';
import type { FixtureListCommand, FixtureListEvent } from '../../src/machines/ports.js';
import { PlatformRefusedError } from '../../src/platform/platform-error.js';
import type { Fixture } from '../../src/platform/read-answers.js';
import type { PlannedFixture } from '../../src/protocol/season-events.js';
import {
  type AskedFixtures,
  defineFixtureList,
  type FixtureListOptions,
} from '../../src/season/fixture-list-port.js';
import { deferred } from '../kit/bot-seat.js';
import { exampleFixture } from './example-fixtures.js';

const noRemarks = { skipped: 0, isPartial: false, remarks: [] };

const now = Date.UTC(2026, 0, 6, 18, 0);

/** The port, started; what it tells is awaited by its turn. */
function openPort(ask: FixtureListOptions['ask']) {
  const told: FixtureListEvent[] = [];
  let heard = deferred();
  const logic = defineFixtureList({
    ask,
    wallNow: () => now,
    redact: (text) => text.replace('SECRET', '***'),
  });
  const machine = setup({
    types: { events: {} as FixtureListCommand | FixtureListEvent },
    actors: { logic },
  }).createMachine({
    invoke: { src: 'logic', id: 'list' },
    on: {
      '*': {
        actions: ({ event }) => {
          told.push(event as FixtureListEvent);
          heard.resolve();
          heard = deferred();
        },
      },
    },
  });
  const actor = createActor(machine).start();
  return {
    read: (known: readonly PlannedFixture[] = []) =>
      actor.getSnapshot().children['list']?.send({ type: 'list.read', known }),
    told,
    next: () => heard.promise,
    stop: () => actor.stop(),
  };
}

const listOf = (...fixtures: Fixture[]): FixtureListOptions['ask'] => {
  return () => Promise.resolve({ ...noRemarks, fixtures });
};

async function readOnce(ask: FixtureListOptions['ask'], known: readonly PlannedFixture[] = []) {
  const port = openPort(ask);
  port.read(known);
  await port.next();
  port.stop();
  return port.told[0];
}

const plannedOf = async (...fixtures: Fixture[]): Promise<readonly PlannedFixture[]> => {
  const told = await readOnce(listOf(...fixtures));
  return told?.type === 'list.told' ? told.fixtures : [];
};

it('gives fixtures without ids names of their own, by their time and what they are about', async () => {
  const one = exampleFixture({ startsAt: now + 600_000 });
  expect(await plannedOf(one, one, exampleFixture({ fixtureId: 'f-7', startsAt: now + 1 }))).toMatchObject([
    { fixtureId: '2026-01-06T18:10:00.000Z round_robin, round 1', toldId: null, isInvented: false },
    { fixtureId: '2026-01-06T18:10:00.000Z round_robin, round 1 2', toldId: null },
    { fixtureId: 'f-7', toldId: 'f-7' },
  ]);
});

it('a fixture that was moved keeps its name', async () => {
  const [known] = await plannedOf(exampleFixture({ startsAt: now + 600_000 }));
  const moved = exampleFixture({ startsAt: now + 1_200_000 });
  const told = await readOnce(listOf(moved), known === undefined ? [] : [known]);
  expect(told).toMatchObject({ fixtures: [{ ...known, startsAt: now + 1_200_000 }] });
});

it('a list is whole when all of it can be read, and says what cannot', async () => {
  expect(await readOnce(listOf())).toEqual({ type: 'list.told', fixtures: [], isWhole: true, message: null });
  const timeless = exampleFixture({ startsAt: null, startsAtText: 'soon SECRET' });
  expect(await readOnce(listOf(timeless))).toMatchObject({
    fixtures: [],
    isWhole: false,
    message: expect.stringContaining('soon ***'),
  });
  expect(await readOnce(() => Promise.resolve({ ...noRemarks, fixtures: [], skipped: 2 }))).toMatchObject({
    isWhole: false,
  });
});

it('tells a failure with the wish of the platform, and no secret', async () => {
  const refusal = new PlatformRefusedError('Too many requests.', {
    request: 'GET /api/external-api/fixtures/upcoming',
    status: 429,
    errorCode: null,
    requestId: null,
    retryAfterMs: 7_000,
    penaltyLevel: null,
    violations: null,
  });
  expect(await readOnce(() => Promise.reject(refusal))).toMatchObject({
    type: 'list.failed',
    retryAfterMs: 7_000,
  });
  expect(await readOnce(() => Promise.reject(new Error('no SECRET\u001b[2J')))).toEqual({
    type: 'list.failed',
    message: expect.stringContaining('no ***'),
    retryAfterMs: null,
  });
});

it('tells nothing of a reading that another one follows, or after its end', async () => {
  const asked: ReturnType<typeof deferred<AskedFixtures>>[] = [];
  const port = openPort(() => {
    const answer = deferred<AskedFixtures>();
    asked.push(answer);
    return answer.promise;
  });
  port.read();
  port.read();
  asked[0]?.resolve({ ...noRemarks, fixtures: [exampleFixture()] });
  const next = port.next();
  asked[1]?.resolve({ ...noRemarks, fixtures: [] });
  await next;
  expect(port.told).toMatchObject([{ type: 'list.told', fixtures: [] }]);
  port.read();
  port.stop();
  asked[2]?.reject(new Error('too late'));
  await asked[2]?.promise.catch(() => undefined);
  expect(port.told).toHaveLength(1);
});

it('says of a list what else is to be told of it, and takes a part for no whole', async () => {
  const remark = 'The list was found elsewhere.';
  const fixtures = [exampleFixture()];
  const asked = (isPartial: boolean) => () =>
    Promise.resolve({ fixtures, skipped: 0, isPartial, remarks: [remark] });
  expect(await readOnce(asked(false))).toMatchObject({ isWhole: true, message: remark });
  expect(await readOnce(asked(true))).toMatchObject({ isWhole: false, message: remark });
});
