/** The rooms and who uses whom, as a picture: who uses another stands above it. */
import elk, { type ElkExtendedEdge, type ElkNode } from 'elkjs/lib/elk.bundled.js';
import type { Arrow } from './imports.js';
import { rooms } from './rooms.js';

/** In pixels. The width of a letter is that of a usual sans serif, a little on the wide side. */
const measures = { letter: 7.6, padding: 14, height: 32, head: 26 } as const;

interface Edge {
  from: string;
  to: string;
}

const round = (n: number): number => Math.round(n * 10) / 10;

/** The room that a room stands in, or itself. */
const houseOf = (path: string): string => path.split('/')[0] ?? '';

/** Arrows that others already imply are left out: who uses a room uses what that one uses. */
function withoutImplied(edges: readonly Edge[]): Edge[] {
  const targetsOf = (from: string): string[] =>
    edges.filter((edge) => edge.from === from).map(({ to }) => to);
  const reaches = (from: string, to: string): boolean =>
    targetsOf(from).some((next) => next === to || reaches(next, to));
  return edges.filter(({ from, to }) => !targetsOf(from).some((other) => other !== to && reaches(other, to)));
}

function edgesAmong(arrows: readonly Arrow[], placeOf: (room: string) => string | null): ElkExtendedEdge[] {
  const edges = new Map<string, Edge>();
  for (const arrow of arrows) {
    const [from, to] = [placeOf(arrow.from), placeOf(arrow.to)];
    if (from !== null && to !== null && from !== to) edges.set(`${from} ${to}`, { from, to });
  }
  return withoutImplied([...edges.values()]).map(({ from, to }) => ({
    id: `${from} ${to}`,
    sources: [from],
    targets: [to],
  }));
}

function boxOf(id: string, name: string): ElkNode {
  return {
    id,
    width: name.length * measures.letter + 2 * measures.padding,
    height: measures.height,
    labels: [{ text: name }],
  };
}

const layered = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.spacing.nodeNode': '18',
  'elk.spacing.edgeNode': '12',
  'elk.layered.spacing.nodeNodeBetweenLayers': '30',
  'elk.layered.spacing.edgeNodeBetweenLayers': '12',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
};

/** A room with the rooms that stand in it. */
function houseNode(path: string, arrows: readonly Arrow[]): ElkNode {
  const inner = rooms.filter((room) => room.path.startsWith(`${path}/`));
  if (inner.length === 0) return boxOf(path, path);
  const paths = new Set(inner.map((room) => room.path));
  return {
    id: path,
    labels: [{ text: path }],
    children: inner.map((room) => boxOf(room.path, room.path.slice(path.length + 1))),
    edges: edgesAmong(arrows, (room) => (paths.has(room) ? room : null)),
    layoutOptions: { ...layered, 'elk.padding': `[top=${measures.head + 10},left=14,bottom=14,right=14]` },
  };
}

const style = `
  svg { font: 13px system-ui, sans-serif; }
  rect { fill: #f6f8fa; stroke: #57606a; } text { fill: #1f2328; text-anchor: middle; }
  .inner rect { fill: #ffffff; } .house > text { font-weight: 600; } path { fill: none; stroke: #8c959f; } marker path { fill: #8c959f; }
  @media (prefers-color-scheme: dark) {
    rect { fill: #161b22; stroke: #8b949e; } text { fill: #e6edf3; } .inner rect { fill: #0d1117; } path { stroke: #6e7681; } marker path { fill: #6e7681; }
  }`;

function drawLine(edge: ElkExtendedEdge, x: number, y: number): string[] {
  return (edge.sections ?? []).map(({ startPoint, bendPoints = [], endPoint }) => {
    const points = [startPoint, ...bendPoints, endPoint].map((at) => `${round(at.x + x)} ${round(at.y + y)}`);
    return `<path d="M${points.join(' L')}" marker-end="url(#tip)"><title>${edge.id.replace(' ', ' uses ')}</title></path>`;
  });
}

function draw(node: ElkNode, x: number, y: number, kind: string): string[] {
  const [left, top] = [x + (node.x ?? 0), y + (node.y ?? 0)];
  const { width = 0, height = 0, children = [], edges = [] } = node;
  const name = node.labels?.[0]?.text ?? '';
  const down = children.length > 0 ? measures.head - 6 : height / 2 + 4.5;
  return [
    `<g class="${children.length > 0 ? 'house' : kind}">`,
    `<rect x="${round(left)}" y="${round(top)}" width="${round(width)}" height="${round(height)}" rx="7"/>`,
    `<text x="${round(left + width / 2)}" y="${round(top + down)}">${name}</text>`,
    ...edges.flatMap((edge) => drawLine(edge, left, top)),
    ...children.flatMap((child) => draw(child, left, top, 'inner')),
    '</g>',
  ];
}

/** @returns an SVG that is the same for the same arrows. */
export async function drawRooms(arrows: readonly Arrow[]): Promise<string> {
  const houses = [...new Set(rooms.map(({ path }) => houseOf(path)))].filter((path) => path !== '');
  const graph: ElkNode = {
    id: 'root',
    children: houses.map((path) => houseNode(path, arrows)),
    edges: edgesAmong(arrows, (room) => (room === '' ? null : houseOf(room))),
    layoutOptions: layered,
  };
  const { width = 0, height = 0, children = [], edges = [] }: ElkNode = await new elk.default().layout(graph);
  const tip =
    '<marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="6" markerHeight="6" orient="auto"><path d="M0 0L8 4L0 8z"/></marker>';
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${round(width)} ${round(height)}" width="${round(width)}" height="${round(height)}">`,
    `<title>The rooms of the sources; an arrow leads from a room to one that it uses</title>`,
    `<style>${style}</style>`,
    `<defs>${tip}</defs>`,
    ...edges.flatMap((edge) => drawLine(edge, 0, 0)),
    ...children.flatMap((child) => draw(child, 0, 0, 'room')),
    '</svg>',
    '',
  ].join('\n');
}
