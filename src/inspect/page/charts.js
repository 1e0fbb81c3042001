/** The charts of the session, as code for Stately Studio. */
import { sourceOf } from './chart-code.js';
import { element, make } from './element.js';

/** @import { Model } from './model.js' */

const list = element('charts', HTMLUListElement);
const copied = element('copied', HTMLElement);

/** @param {string} text @param {string} name */
async function copy(text, name) {
  try {
    await navigator.clipboard.writeText(text);
    copied.textContent = `The ${name} chart is in the clipboard.`;
  } catch {
    copied.textContent = 'The browser did not let this page write to the clipboard: take the file.';
  }
}

/** Ids of the charts that are listed. */
let listed = '';

/** @param {Model} model */
export function drawCharts(model) {
  /** @type {Map<string, string>} */
  const charts = new Map();
  for (const { definition } of model.actors.values()) {
    const id = definition === null ? null : String(JSON.parse(definition).id ?? 'machine');
    if (id !== null && definition !== null) charts.set(id, definition);
  }
  const key = [...charts.keys()].join('\n');
  if (key === listed || charts.size === 0) return;
  listed = key;
  list.replaceChildren(
    ...[...charts].map(([id, definition]) => {
      const name = id.replaceAll(/\W/g, '_');
      const text = sourceOf(name, definition);
      const button = make('button', { type: 'button', className: 'small' }, 'Copy');
      button.append(make('span', { className: 'sr' }, ` the ${id} chart`));
      button.addEventListener('click', () => void copy(text, id));
      const file = make(
        'a',
        {
          download: `${name}.ts`,
          href: URL.createObjectURL(new Blob([text], { type: 'text/plain' })),
        },
        `${name}.ts`,
      );
      return make('li', {}, make('b', {}, id), file, button);
    }),
  );
}
