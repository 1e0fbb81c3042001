import { createInspector, type StatelyInspectionEvent } from '@statelyai/inspect';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { InspectionEvent } from 'xstate';
import { portraitOf, type Sighting, sightingOf } from '../../src/inspect/sighting.js';
import { createStatelyText } from '../../src/inspect/stately-text.js';
import { startLobby } from '../kit/lobby-harness.js';
import { lobbyScenarios } from '../machines/lobby.scenarios.js';

type Told = StatelyInspectionEvent & { createdAt: string; id: string };

const functionsByName = (_key: string, value: unknown): unknown =>
  typeof value === 'function' ? { type: value.name } : value;

describe('the text for the inspector', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** What the library's own observer makes of a session, and what we make of it. */
  function tellBoth(): { theirs: Told[]; ours: Told[] } {
    const theirs: Told[] = [];
    const inspector = createInspector(
      { send: (event) => void theirs.push(JSON.parse(JSON.stringify(event, functionsByName)) as Told) },
      { serializationDepthLimit: 30 },
    );
    const textOf = createStatelyText({ secrets: [], hideCards: false });
    const ours: Told[] = [];
    const inspect = (inspection: InspectionEvent): void => {
      inspector.inspect.next?.(inspection);
      const sighting = sightingOf(inspection, 1_234.5);
      if (sighting !== null) ours.push(JSON.parse(textOf(sighting)) as Told);
    };
    const [scenario] = lobbyScenarios;
    if (scenario === undefined) throw new Error('no scenario');
    const lobby = startLobby(scenario.input, inspect);
    scenario.play(lobby);
    lobby.actor.stop();
    vi.runAllTimers();
    return { theirs, ours };
  }

  it('has the shape that the library itself gives it', () => {
    const { theirs, ours } = tellBoth();
    expect(ours.length).toBeGreaterThan(20);
    const common = (told: Told): object => {
      const { createdAt: _at, id: _id, ...rest } = told;
      // Without a snapshot yet, an actor has at least a status.
      if (rest.type !== '@xstate.actor') return rest;
      return { ...rest, snapshot: undefined, definition: JSON.parse(rest.definition ?? 'null') as unknown };
    };
    expect(ours.map(common)).toEqual(theirs.map(common));
  });

  it('tells when a thing happened, not when it was told, and numbers all', () => {
    const { ours } = tellBoth();
    expect(new Set(ours.map(({ createdAt }) => createdAt))).toEqual(new Set(['1235']));
    expect(ours.map(({ id }) => Number(id))).toEqual(ours.map((_, index) => index + 1));
  });

  it('tells it on the wall clock', () => {
    const lobby = startLobby({});
    const onWallClock = (at: number) => at + 3_600_000.4;
    const textOf = createStatelyText({ secrets: [], hideCards: false, onWallClock });
    expect(JSON.parse(textOf(portraitOf(lobby.actor, 5)))).toMatchObject({ createdAt: '3600005' });
  });

  it('tells of an actor by its chart, its parent and its state', () => {
    const lobby = startLobby({});
    const textOf = createStatelyText({ secrets: [], hideCards: false });
    const tell = (sighting: Sighting) => JSON.parse(textOf(sighting)) as Record<string, unknown>;
    const { sessionId, getSnapshot } = lobby.actor;
    const [first] = Object.values(getSnapshot.call(lobby.actor).children);
    if (first === undefined) throw new Error('no child');
    const { definition, snapshot, ...root } = tell(portraitOf(lobby.actor, 5));
    const common = { type: '@xstate.actor', createdAt: '5', _version: '0.7.2', rootId: sessionId };
    expect(root).toEqual({ ...common, name: 'lobby', sessionId, id: '1' });
    expect(JSON.parse(String(definition))).toMatchObject({ id: 'lobby', initial: 'starting' });
    expect(snapshot).toMatchObject({ status: 'active', value: 'connecting', context: { attempt: 0 } });
    expect(tell(portraitOf(first, 5))).toMatchObject({
      ...common,
      name: first.id,
      sessionId: first.sessionId,
      parentId: sessionId,
      definition: JSON.stringify({ id: first.id }),
    });
    lobby.actor.stop();
  });
});
