/** What is compared after a step, of the machine that runs and of its model. */
import type { AnyActorRef, AnyMachineSnapshot } from 'xstate';
import { childrenOf } from './actor-names.js';
import type { DoneAction, Model, ModelState, Sent } from './model.js';

/** Where a machine is after a step, and what it did in it. */
export interface Look {
  status: string;
  value: unknown;
  tags: readonly string[];
  output: unknown;
  error: unknown;
  facets: string;
  sent: readonly Sent[];
  actions: readonly DoneAction[];
  /** Names of the children that were started. */
  started: readonly string[];
  /** The children that are there. */
  children: Record<string, Origin>;
}

/** What a child was made of. */
interface Origin {
  src: string;
  systemId: string | undefined;
  input: unknown;
}

export function expectedLook(model: Model, { snapshot, sent, actions, started }: ModelState): Look {
  return { ...lookAt(model, snapshot), sent, actions, started };
}

export function lookAt(
  model: Model,
  snapshot: AnyMachineSnapshot,
): Omit<Look, 'sent' | 'actions' | 'started'> {
  const { status, value, tags, output, error } = snapshot;
  return {
    status,
    value,
    tags: [...tags].toSorted(),
    output,
    error,
    facets: model.facetsOf(snapshot),
    children: Object.fromEntries([...childrenOf(snapshot)].map(([name, child]) => [name, originOf(child)])),
  };
}

function originOf(child: AnyActorRef): Origin {
  const { src, systemId, options } = child as {
    src?: unknown;
    systemId?: string;
    options?: { input?: unknown };
  };
  return { src: typeof src === 'string' ? src : 'inline', systemId, input: options?.input };
}
