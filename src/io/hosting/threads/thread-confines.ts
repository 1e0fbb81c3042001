/** Removes from a bot's thread the APIs of Node that lead to the agent's thread and environment. */
import { createRequire } from 'node:module';

/**
 * To be called before the bot is loaded. It removes documented APIs only; a thread is not a sandbox (docs/protocol.md
 * 8.6).
 */
export function confineThread(): void {
  // A report of the process contains its environment.
  Object.defineProperty(process, 'report', { value: undefined });
  closeInspector();
}

/**
 * A debugger session with the agent's thread could run code there. A session of a thread with itself stays possible.
 */
function closeInspector(): void {
  try {
    const { Session } = createRequire(import.meta.url)('node:inspector') as typeof import('node:inspector');
    // The session of `node:inspector/promises` inherits from it.
    Reflect.deleteProperty(Session.prototype, 'connectToMainThread');
  } catch {
    // This Node was built without an inspector.
  }
  try {
    // Deprecated and not typed, but the session uses it.
    const { binding } = process as unknown as { binding?: (name: string) => object };
    if (binding !== undefined) Reflect.deleteProperty(binding('inspector'), 'MainThreadConnection');
  } catch {
    // This Node no longer has it.
  }
}
