/**
 * A machine as SVG that knows its states: `data-state` is a state's path (`data-title` where its name is drawn
 * apart), `data-from` and `data-to` are an arrow's ends.
 * It has classes and no colours; who shows it says what is lit.
 */
import type { ElkEdgeSection, ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk.bundled.js';
import type { AnyStateMachine } from 'xstate';
import { type ChartLayout, layOut, measures } from './layout.js';

const round = (n: number): number => Math.round(n * 10) / 10;

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escape = (text: string): string => text.replace(/[&<>"]/g, (char) => escapes[char] ?? char);

interface Place {
  x: number;
  y: number;
}

function drawNode(node: ElkNode, { x, y }: Place, chart: ChartLayout): string[] {
  const at: Place = { x: x + (node.x ?? 0), y: y + (node.y ?? 0) };
  const { width = 0, height = 0, children = [] } = node;
  if (node.id.endsWith('#start')) {
    const r = measures.startRadius;
    return [`<circle class="start" cx="${round(at.x + r)}" cy="${round(at.y + r)}" r="${r}"/>`];
  }
  const inner = children.flatMap((child) => drawNode(child, at, chart));
  if (node.id === 'root') return inner;
  const kind = children.length > 0 ? ' compound' : chart.finals.has(node.id) ? ' final' : '';
  const box = `x="${round(at.x)}" y="${round(at.y)}" width="${round(width)}" height="${round(height)}"`;
  return [
    `<g class="state${kind}" data-state="${escape(node.id)}">`,
    `<rect ${box} rx="9"/>`,
    ...(children.length > 0 ? [] : [drawName(node, at, height / 2 + 4.5, chart)]),
    '</g>',
    ...inner,
  ];
}

function drawName({ id, width = 0 }: ElkNode, at: Place, down: number, chart: ChartLayout): string {
  const name = escape(chart.names.get(id) ?? id);
  return `<text x="${round(at.x + width / 2)}" y="${round(at.y + down)}">${name}</text>`;
}

/** Names of states that have others in them, for above the arrows that go through these. */
function drawTitles(node: ElkNode, { x, y }: Place, chart: ChartLayout): string[] {
  const at: Place = { x: x + (node.x ?? 0), y: y + (node.y ?? 0) };
  const { children = [] } = node;
  const inner = children.flatMap((child) => drawTitles(child, at, chart));
  if (node.id === 'root' || children.length === 0) return inner;
  const title = drawName(node, at, 18, chart);
  return [`<g class="title" data-title="${escape(node.id)}">`, title, '</g>', ...inner];
}

/** The path of an edge with round corners. */
function lineOf({ startPoint, bendPoints = [], endPoint }: ElkEdgeSection): string {
  const points = [startPoint, ...bendPoints, endPoint];
  const parts = [`M${round(startPoint.x)} ${round(startPoint.y)}`];
  for (const [index, point] of points.entries()) {
    const before = points[index - 1];
    const after = points[index + 1];
    if (before === undefined) continue;
    if (after === undefined) {
      parts.push(`L${round(point.x)} ${round(point.y)}`);
      continue;
    }
    const near = towards(point, before);
    const far = towards(point, after);
    parts.push(
      `L${round(near.x)} ${round(near.y)}Q${round(point.x)} ${round(point.y)} ${round(far.x)} ${round(far.y)}`,
    );
  }
  return parts.join('');
}

function towards(from: Place, to: Place): Place {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const share = length === 0 ? 0 : Math.min(6, length / 2) / length;
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}

function drawEdge(
  { id, sections = [], labels = [] }: ElkExtendedEdge,
  chart: ChartLayout,
  arrow: string,
): string[] {
  const lines = sections.map(lineOf).map((d) => `<path d="${d}" marker-end="url(#${arrow})"/>`);
  const label = chart.labels.get(id);
  if (label === undefined) return [`<g class="edge begin">`, ...lines, '</g>'];
  const [from = '', to = ''] = id.split(' ');
  const texts = labels.flatMap(({ x = 0, y = 0, width = 0, height = 0 }) => [
    `<rect class="label" x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="3"/>`,
    ...label.lines.map(
      (line, index) =>
        `<text x="${round(x + width / 2)}" y="${round(y + (index + 1) * measures.labelHeight - 2)}">${escape(line)}</text>`,
    ),
  ]);
  return [
    `<g class="edge" data-from="${escape(from)}" data-to="${escape(to)}">`,
    `<title>${escape(label.title)}</title>`,
    ...lines,
    ...texts,
    '</g>',
  ];
}

function sizeOf(root: ElkNode): { width: number; height: number } {
  return { width: Math.ceil(root.width ?? 0), height: Math.ceil(root.height ?? 0) };
}

/**
 * @param name keeps the ids of two drawings on one page apart.
 * @param isLabelled whether the arrows say what leads along them; it is in their tooltips in any case.
 */
export async function drawChart(
  name: string,
  machine: AnyStateMachine,
  { isLabelled }: { isLabelled: boolean },
): Promise<string> {
  const chart = await layOut(machine, isLabelled);
  const { width, height } = sizeOf(chart.root);
  const arrow = `${name}-arrow`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    `<defs><marker id="${arrow}" viewBox="0 0 8 8" refX="7" refY="4" markerUnits="userSpaceOnUse" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0.5L8 4L0 7.5z"/></marker></defs>`,
    ...drawNode(chart.root, { x: 0, y: 0 }, chart),
    ...(chart.root.edges ?? []).flatMap((edge) => drawEdge(edge, chart, arrow)),
    ...drawTitles(chart.root, { x: 0, y: 0 }, chart),
    '</svg>',
    '',
  ].join('\n');
}
