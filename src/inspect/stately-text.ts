/** Sightings as JSON text for the inspector: `createInspector` gives them their shape. */
import { createInspector, type StatelyInspectionEvent } from '@statelyai/inspect';
import type { AnyActorRef } from 'xstate';
import { isObject } from '../protocol/checks.js';
import { createPlain, type Plain, type PlainOptions } from './plain.js';
import type { Sighting } from './sighting.js';

/** Fields that its methods leave out, or fill in differently than its XState observer. */
interface Details {
  rootId: string;
  createdAt: string;
  id: string;
  name?: string;
  definition?: string;
  parentId?: string | undefined;
}

interface StatelyTextOptions extends PlainOptions {
  /** Converts the time of a sighting to the wall clock. Default: it is on the wall clock. */
  onWallClock?: (at: number) => number;
}

interface MachineLike {
  id?: unknown;
}

/** The config of a machine; undefined for other actors. */
function configOf(actor: AnyActorRef): MachineLike | undefined {
  const { logic } = actor as { logic?: { config?: unknown } };
  const config = logic?.config;
  return isObject(config) ? config : undefined;
}

/** The name of an actor in its system, which one that is just being made has not taken yet. */
function systemIdOf(actor: AnyActorRef): string | undefined {
  const { systemId, options } = actor as { systemId?: string; options?: { systemId?: string } };
  return systemId ?? options?.systemId;
}

/**
 * Makes the function that turns sightings into text. It does not use the library's observer: that copies whole
 * snapshots in a timer for each event, and throws there when one cannot be copied.
 */
export function createStatelyText({
  onWallClock = (at) => at,
  ...options
}: StatelyTextOptions): (sighting: Sighting) => string {
  const plain = createPlain(options);
  /** A chart is copied once, and not for each match. */
  const definitions = new WeakMap<object, string>();
  let details: Details;
  let text = '';
  let count = 0;
  const adapter = {
    send(event: StatelyInspectionEvent) {
      text = JSON.stringify(event);
    },
  };
  const inspector = createInspector(adapter, {
    autoStart: false,
    serialize: (event) => ({ ...event, ...details }),
  });

  function definitionOf(config: object): string {
    const known = definitions.get(config);
    if (known !== undefined) return known;
    const definition = JSON.stringify(plain(config));
    definitions.set(config, definition);
    return definition;
  }

  function nameOf(actor: AnyActorRef, config: MachineLike | undefined): string {
    const { id, sessionId, _parent: parent } = actor;
    const inSystem = systemIdOf(actor);
    const above = parent === undefined ? undefined : systemIdOf(parent);
    const own = id === sessionId && typeof config?.id === 'string' ? config.id : id;
    const name = plain(inSystem ?? (above === undefined ? own : `${own} of ${above}`));
    return typeof name === 'string' ? name : sessionId;
  }

  /** Always an object: any other snapshot is wrapped as `output`. */
  function snapshotOf(snapshot: unknown): { [key: string]: Plain } {
    const copied = plain(snapshot ?? {});
    return typeof copied === 'object' && copied !== null && !Array.isArray(copied)
      ? copied
      : { output: copied };
  }

  function eventOf(event: object): { type: string } {
    const copied = plain(event);
    return typeof copied === 'object'
      ? (copied as { type: string } & typeof copied)
      : { type: '[unreadable]' };
  }

  return (sighting) => {
    const { kind, actor, rootId, at } = sighting;
    const { sessionId } = actor;
    count += 1;
    details = { rootId, createdAt: String(Math.round(onWallClock(at))), id: String(count) };
    if (kind === 'actor') {
      const config = configOf(actor);
      const name = nameOf(actor, config);
      details.name = name;
      details.definition = config === undefined ? JSON.stringify({ id: name }) : definitionOf(config);
      details.parentId = actor._parent?.sessionId;
      inspector.actor(sessionId, { status: 'active', ...snapshotOf(sighting.snapshot) });
    } else if (kind === 'event') {
      const { sourceId } = sighting;
      inspector.event(sessionId, eventOf(sighting.event), sourceId === undefined ? {} : { source: sourceId });
    } else {
      inspector.snapshot(sessionId, snapshotOf(sighting.snapshot), { event: eventOf(sighting.event) });
    }
    return text;
  };
}
