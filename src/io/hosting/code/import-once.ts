/** Imports a module with Node, and tells whether any of its code has run when that fails. */
import { pathToFileURL } from 'node:url';

/** A module could not be imported because its own code failed, or that of a module that it imports. */
export class EvaluationError extends Error {
  constructor(cause: unknown) {
    super('The module failed while it was evaluated.', { cause });
    this.name = 'EvaluationError';
  }
}

/** The imports whose modules were all found, parsed and linked. */
const begun = ((globalThis as { [key: symbol]: unknown })[Symbol.for('chipzen-agent.begun-imports')] ??=
  new Set()) as Set<number>;

let count = 0;

const program = (code: string): string => `data:text/javascript,${encodeURIComponent(code)}`;

/**
 * Imports a file that Node takes for a module.
 *
 * @throws {EvaluationError} when its code has run and failed; its cause is what was thrown. Any other error: nothing of
 * it has run.
 */
export async function importOnce(path: string): Promise<Record<string, unknown>> {
  count += 1;
  const id = count;
  // A module is evaluated when all that it imports can be, and after what it imports first.
  const first = program(`globalThis[Symbol.for('chipzen-agent.begun-imports')].add(${id})`);
  const file = JSON.stringify(pathToFileURL(path).href);
  try {
    const loaded = (await import(
      program(`import ${JSON.stringify(first)}; import * as bot from ${file}; export { bot };`)
    )) as { bot: Record<string, unknown> };
    return loaded.bot;
  } catch (error) {
    throw begun.has(id) ? new EvaluationError(error) : error;
  } finally {
    begun.delete(id);
  }
}
