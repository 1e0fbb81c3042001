import type { AnyStateNode, StateValue } from 'xstate';
import type { Configuration } from './tables.js';

/** The configuration of a machine that rests in this leaf. */
export function configurationAt(leaf: AnyStateNode): Configuration {
  const nodes = [...ancestorsOf(leaf), leaf];
  return {
    nodes,
    value: valueAt(nodes),
    tags: new Set(nodes.flatMap((node) => node.tags)),
    unfit: whyUnfit(nodes),
    rows: new Map(),
  };
}

/** The ancestors of a state, the root first. */
export function ancestorsOf(node: AnyStateNode): AnyStateNode[] {
  return node.parent === undefined ? [] : [...ancestorsOf(node.parent), node.parent];
}

/** Whether the first state is somewhere inside the second. */
export function isInside(node: AnyStateNode, ancestor: AnyStateNode): boolean {
  return ancestorsOf(node).includes(ancestor);
}

function valueAt([root, ...below]: readonly AnyStateNode[]): StateValue {
  const leaf = below.at(-1);
  if (root === undefined || leaf === undefined) return Object.freeze({});
  // Shared by all snapshots of this configuration: who changes one must not change them all.
  return below
    .slice(0, -1)
    .reduceRight<StateValue>((value, { key }) => Object.freeze({ [key]: value }), leaf.key);
}

function whyUnfit(nodes: readonly AnyStateNode[]): string | null {
  const leaf = nodes.at(-1);
  const parallel = nodes.find(({ type }) => type === 'parallel');
  if (parallel !== undefined) return `#${parallel.id} is parallel`;
  if (leaf?.type !== 'atomic') return `#${leaf?.id} is ${leaf?.type}`;
  const eventless = nodes.find(({ always }) => always !== undefined && always.length > 0);
  return eventless === undefined ? null : `#${eventless.id} has transitions without an event`;
}
