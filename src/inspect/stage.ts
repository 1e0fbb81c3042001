/** Between the machines and the viewers: sends what is observed in small portions, so that matches do not wait. */
import type { AnyActorRef, InspectionEvent } from 'xstate';
import type { Clock } from '../time/clock.js';
import { createEventStream, type EventSink } from '../web/event-stream.js';
import { portraitOf, type Sighting, sightingOf, snapshotOf } from './sighting.js';
import { createViewer, type Viewer } from './viewer.js';
import { createViewerBacklog } from './viewer-backlog.js';
import { actorsOf, createWatch } from './watch.js';

export const stageLimits = {
  /** What is observed within this time is sent together, in milliseconds. */
  windowMs: 50,
  /** Sightings sent in a second, and at once after a rest. */
  perSecond: 1_000,
  burst: 250,
  /** How often viewers get the notice that something was left out, in milliseconds: screen readers read it out. */
  noticeMs: 1_000,
  /** Actors that are introduced to new viewers within one window. */
  introductions: 50,
  /** Actors whose newest state is kept in a flood. */
  maxActors: 8_192,
  maxPages: 8,
  /** The most bytes that wait for one viewer. */
  maxWaiting: 1_048_576,
  /** A viewer that is behind for so long is dropped, in milliseconds. */
  maxBehindMs: 60_000,
  /** How long to wait for viewers at the end, in milliseconds. */
  closeTimeoutMs: 500,
} as const;

export interface StageOptions {
  textOf: (sighting: Sighting) => string;
  clock: Clock;
  /** Epoch milliseconds. */
  now: () => number;
  limits?: Partial<Record<keyof typeof stageLimits, number>>;
}

export interface Stage {
  /** Returns the function that detaches. */
  attach(actor: AnyActorRef): () => void;
  /**
   * Sends this viewer the current state of every live actor, and then everything that happens until it leaves. False:
   * there are too many viewers.
   */
  admit(sink: EventSink): boolean;
  readonly viewers: number;
  /** Sightings that were left out in floods. */
  readonly skipped: number;
  /** Sends the viewers the rest, and ends. Waits for slow ones, but not long. */
  close(): Promise<void>;
}

export function createStage({ textOf, clock, now, limits: given = {} }: StageOptions): Stage {
  const limits = { ...stageLimits, ...given };
  const backlog = createViewerBacklog(limits);
  const watch = createWatch(see);
  const stream = createEventStream({ ...limits, clock });
  const viewers = new Set<Viewer>();
  /** The last snapshot of each actor: ports have the same snapshot after each event. */
  const lastSnapshots = new WeakMap<object, unknown>();
  let timer: unknown = null;
  let introductions: number = limits.introductions;
  let skippedSent = 0;
  let skippedSentAt = Number.NEGATIVE_INFINITY;

  const listening = (): Viewer[] => [...viewers].filter(({ isBehind }) => !isBehind);

  function see(inspection: InspectionEvent): void {
    if (inspection.type === '@xstate.snapshot') {
      if (lastSnapshots.get(inspection.actorRef) === inspection.snapshot) return;
      lastSnapshots.set(inspection.actorRef, inspection.snapshot);
    }
    const sighting = sightingOf(inspection, now());
    if (sighting === null) return;
    backlog.add(sighting);
    schedule();
  }

  function schedule(): void {
    timer ??= clock.setTimeout(beginWindow, limits.windowMs);
  }

  function beginWindow(): void {
    timer = null;
    introductions = limits.introductions;
    sendPending();
    const owesNotice = backlog.skipped > skippedSent;
    if (backlog.isWaiting || owesNotice || listening().some(({ isMeeting }) => isMeeting)) schedule();
  }

  function sendPending(): void {
    const seen = backlog.take(now()).map((sighting) => ({ ...sighting, text: textOf(sighting) }));
    for (const viewer of listening()) {
      const events: string[] = [];
      for (const { kind, actor, text } of seen) {
        if (kind === 'actor') viewer.introduced(actor);
        if (viewer.knows(actor)) events.push(text);
      }
      viewer.send([...events, ...introduce(viewer)]);
    }
    sendSkipped();
  }

  function sendSkipped(): void {
    const left = backlog.skipped - skippedSent;
    if (left === 0 || now() < skippedSentAt + limits.noticeMs) return;
    skippedSent = backlog.skipped;
    skippedSentAt = now();
    for (const viewer of listening()) {
      viewer.notice(`${left} events were left out: there were too many at once.`);
    }
  }

  /** The current state of live actors that this viewer does not know yet. */
  function introduce(viewer: Viewer): string[] {
    const texts: string[] = [];
    while (introductions > 0) {
      const actor = viewer.next();
      if (actor === undefined) break;
      introductions -= 1;
      texts.push(textOf(portraitOf(actor, now())));
    }
    if (viewer.isMeeting) schedule();
    return texts;
  }

  function meetEverybody(viewer: Viewer): void {
    // Send first what waits: it is older than the introductions.
    sendPending();
    viewer.meet(actorsOf(watch.roots()));
  }

  /** Without viewers the machines are not observed. */
  function adjust(): void {
    if (listening().length > 0) {
      watch.start();
      return;
    }
    watch.stop();
    backlog.clear();
    clock.clearTimeout(timer);
    timer = null;
  }

  return {
    attach(actor) {
      const detach = watch.attach(actor);
      // An actor that is just being made is reported by the observer.
      if (snapshotOf(actor) !== undefined) {
        for (const viewer of listening()) meetEverybody(viewer);
        sendPending();
      }
      return detach;
    },
    admit(sink) {
      const page = stream.open(sink, {
        onBehind: adjust,
        onCaughtUp() {
          adjust();
          meetEverybody(viewer);
          viewer.notice('This page was too slow: it goes on from the current state.');
          sendPending();
        },
        onClose() {
          viewers.delete(viewer);
          adjust();
        },
      });
      if (page === null) return false;
      const viewer = createViewer(page);
      meetEverybody(viewer);
      viewers.add(viewer);
      adjust();
      sendPending();
      return true;
    },
    get viewers() {
      return viewers.size;
    },
    get skipped() {
      return backlog.skipped;
    },
    async close() {
      sendPending();
      watch.stop();
      clock.clearTimeout(timer);
      await stream.close('bye');
    },
  };
}
