/** Tells what extends `Bot`, also that of another copy of this package: a bot file may import the one beside it. */

const mark = Symbol.for('chipzen-agent.bot');

/** Makes this class one that `isBaseBot` and `extendsBot` know. */
export function markBaseBot(base: object): void {
  Object.defineProperty(base, mark, { value: true });
}

/** Whether it is the class `Bot` itself. */
export function isBaseBot(value: unknown): boolean {
  return typeof value === 'function' && Object.hasOwn(value, mark);
}

/** Whether it is a class that extends `Bot`. */
export function extendsBot(value: unknown): boolean {
  return typeof value === 'function' && mark in value && !isBaseBot(value);
}
