/** Puts drawings of machines into pages. */
import type { AnyStateMachine } from 'xstate';
import { arrowsOf } from '../src/inspect/arrows.js';
import { drawMermaid } from '../src/inspect/mermaid.js';

/** Markdown: the diagram in a fence, and below it what holds in every state. */
export function drawMachine(machine: AnyStateMachine): string {
  const everywhere = arrowsOf(machine.root).map(
    ({ to, event, guard }) => `- ${event}${guard}: to \`${to.path.join('.')}\``,
  );
  return [
    '```mermaid',
    drawMermaid(machine),
    '```',
    '',
    'From every state that does not say otherwise:',
    '',
    ...new Set(everywhere),
  ].join('\n');
}

/** Replaces what stands between `<!-- diagram: NAME -->` and `<!-- end diagram -->`. */
export function insertDiagram(page: string, name: string, diagram: string): string {
  const start = `<!-- diagram: ${name} -->`;
  const end = '<!-- end diagram -->';
  const from = page.indexOf(start);
  const to = page.indexOf(end, from);
  if (from < 0 || to < 0) throw new Error(`The page has no place for the diagram ${name}.`);
  return `${page.slice(0, from + start.length)}\n${diagram}\n${page.slice(to)}`;
}
