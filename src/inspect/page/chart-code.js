/** A chart as code, from its definition. */

/** What stands for code that works something out; in a configuration it would be a value. */
const workedOut = ['context', 'input', 'output'];

/** @param {unknown} value @returns {unknown} */
function withoutCode(value) {
  if (Array.isArray(value)) return value.map(withoutCode);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(
    ([key, inner]) => !(workedOut.includes(key) && Object.keys(inner ?? {}).join() === 'type'),
  );
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutCode(inner)]));
}

/**
 * A module that Stately Studio imports.
 *
 * @param {string} name
 * @param {string} definition JSON
 */
export function sourceOf(name, definition) {
  const config = JSON.stringify(withoutCode(JSON.parse(definition)), null, 2);
  const code = config.replaceAll(/^( *)"([A-Za-z_$][\w$]*)":/gm, '$1$2:');
  return `import { createMachine } from 'xstate';\n\nexport const ${name}Machine = createMachine(${code});\n`;
}
