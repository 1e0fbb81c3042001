import type { QueueContext, QueueInput } from '../machines/queue.context.js';
import { queueMachine } from '../machines/queue.js';
import { refuseUnknown } from '../protocol/known-names.js';
import { defineModel, type Model, type ModelWorld } from './model.js';
import { caseDay, queueCases } from './queue-cases.js';

const keeping =
  (more: Partial<QueueInput> = {}) =>
  ({ now, random }: ModelWorld): QueueInput => ({
    limits: { matches: 20, lobbyMs: null },
    book: caseDay,
    isOnline: true,
    now,
    wallNow: now,
    random,
    ...more,
  });

/** Inputs under which every transition can be taken. */
const queueVariants = {
  'in its lobby': keeping({ takesFrom: ['birch'] }),
  'the queue alone': keeping(),
  'out of its lobby': keeping({ isOnline: false }),
  'challenges alone': keeping({ queues: false, takesFrom: ['birch'] }),
};

/** Two states of a keeper are alike when these are equal. */
function facetsOf(context: QueueContext): unknown {
  const { entry, promise, leaving, live, marks, offers, book, onlineSince, notBefore } = context;
  return [
    entry === null ? null : [entry.isPlayed, entry.ttlMs > 0],
    promise !== null,
    leaving,
    live.length,
    marks.length,
    offers.map(({ opponent }) => opponent),
    [book.claims.length, book.refusedUntil.matches !== null],
    onlineSince === null,
    notBefore > 0,
    context.joinedAt === null,
    context.lookedAt === null,
    context.isStopping,
    context.isGiven,
  ];
}

/** The queue statechart as a model, with every event and payload that it tells apart. */
export function queueModel(options: { cases?: typeof queueCases } = {}): Model<typeof queueMachine> {
  refuseUnknown(options, { cases: true }, 'queueModel');
  return defineModel({
    machine: queueMachine,
    variants: queueVariants,
    depths: { 'in its lobby': 5, 'the queue alone': 5, 'out of its lobby': 2, 'challenges alone': 5 },
    cases: options.cases ?? queueCases,
    facets: ({ context }) => facetsOf(context),
  });
}
