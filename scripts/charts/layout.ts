/** Where the states and arrows of a machine go. */
import elk, { type ElkExtendedEdge, type ElkNode } from 'elkjs/lib/elk.bundled.js';
import type { AnyStateMachine, AnyStateNode } from 'xstate';
import { type Arrow, allBelow, arrowsOf, stateNodesOf } from '../../src/inspect/arrows.js';

/** In pixels of the drawing. The widths of letters are those of a usual sans serif, a little on the wide side. */
export const measures = {
  stateHeight: 34,
  stateLetter: 7.6,
  statePadding: 14,
  headHeight: 26,
  labelHeight: 13,
  labelLetter: 5.9,
  startRadius: 5,
} as const;

/** More are only in the tooltip of the arrow. */
const shownEvents = 2;

export interface EdgeLabel {
  /** What is drawn, line by line. */
  lines: string[];
  /** Everything, with guards. */
  title: string;
}

export interface ChartLayout {
  root: ElkNode;
  names: Map<string, string>;
  finals: Set<string>;
  labels: Map<string, EdgeLabel>;
}

const pathOf = (node: AnyStateNode): string => node.path.join('.');

function labelOf(arrows: Arrow[]): EdgeLabel {
  const events = [...new Set(arrows.map(({ event }) => event))];
  const rest = events.length - shownEvents;
  return {
    lines: [...events.slice(0, shownEvents), ...(rest > 0 ? [`and ${rest} more`] : [])],
    title: [...new Set(arrows.map(({ event, guard }) => event + guard))].join('\n'),
  };
}

function stateOf(node: AnyStateNode): ElkNode {
  const { statePadding, stateLetter, stateHeight, headHeight } = measures;
  const children = stateNodesOf(node);
  const id = pathOf(node);
  const width = node.key.length * stateLetter + 2 * statePadding;
  if (children.length === 0) return { id, width, height: stateHeight };
  return {
    id,
    children: [startOf(node), ...children.map(stateOf)],
    layoutOptions: { 'elk.padding': `[top=${headHeight + 12},left=14,bottom=14,right=14]` },
  };
}

/** The dot from which a chart or a compound state begins. */
function startOf(node: AnyStateNode): ElkNode {
  const size = measures.startRadius * 2;
  return { id: `${pathOf(node)}#start`, width: size, height: size };
}

function startEdges(node: AnyStateNode): ElkExtendedEdge[] {
  const initial = node.initial?.target[0];
  if (stateNodesOf(node).length === 0 || initial === undefined) return [];
  return [
    { id: `start ${pathOf(node)}`, sources: [`${pathOf(node)}#start`], targets: [pathOf(initial)] },
    ...stateNodesOf(node).flatMap(startEdges),
  ];
}

/** One edge for each pair of states. */
function edgesOf(
  states: AnyStateNode[],
  labels: Map<string, EdgeLabel>,
  isLabelled: boolean,
): ElkExtendedEdge[] {
  const pairs = new Map<string, Arrow[]>();
  for (const arrow of states.flatMap(arrowsOf)) {
    if (arrow.from === arrow.to) continue;
    const pair = `${pathOf(arrow.from)} ${pathOf(arrow.to)}`;
    pairs.set(pair, [...(pairs.get(pair) ?? []), arrow]);
  }
  return [...pairs].map(([id, arrows]) => {
    const label = labelOf(arrows);
    labels.set(id, label);
    const [from = '', to = ''] = id.split(' ');
    if (!isLabelled) return { id, sources: [from], targets: [to] };
    const letters = Math.max(...label.lines.map((line) => line.length));
    return {
      id,
      sources: [from],
      targets: [to],
      labels: [
        {
          text: label.lines.join('\n'),
          width: letters * measures.labelLetter + 6,
          height: label.lines.length * measures.labelHeight + 2,
          layoutOptions: { 'elk.edgeLabels.inline': 'true' },
        },
      ],
    };
  });
}

/**
 * @param isLabelled whether the arrows say what leads along them, which takes more than twice the room.
 * @throws what the layout library throws for a graph that it cannot lay out.
 */
export async function layOut(machine: AnyStateMachine, isLabelled: boolean): Promise<ChartLayout> {
  const states = allBelow(machine.root);
  const labels = new Map<string, EdgeLabel>();
  const graph: ElkNode = {
    id: 'root',
    children: [startOf(machine.root), ...stateNodesOf(machine.root).map(stateOf)],
    edges: [...startEdges(machine.root), ...edgesOf(states, labels, isLabelled)],
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': 'DOWN',
      'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
      'elk.json.edgeCoords': 'ROOT',
      'elk.edgeRouting': 'ORTHOGONAL',
      'elk.layered.cycleBreaking.strategy': 'MODEL_ORDER',
      'elk.layered.spacing.nodeNodeBetweenLayers': '22',
      'elk.layered.spacing.edgeNodeBetweenLayers': '12',
      'elk.layered.spacing.edgeEdgeBetweenLayers': '8',
      'elk.spacing.nodeNode': '20',
      'elk.spacing.edgeNode': '12',
      'elk.spacing.edgeEdge': '8',
      'elk.padding': '[top=8,left=8,bottom=8,right=8]',
      'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
      'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
    },
  };
  return {
    root: await new elk.default().layout(graph),
    names: new Map(states.map((node) => [pathOf(node), node.key])),
    finals: new Set(states.filter(({ type }) => type === 'final').map(pathOf)),
    labels,
  };
}
