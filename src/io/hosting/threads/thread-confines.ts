/** What a bot's thread goes without: doors of Node that lead to the agent's thread and to its environment. */
import { createRequire } from 'node:module';

/**
 * To be called before the bot is loaded. It closes doors that are there to be used, and makes no jail of a thread
 * (docs/protocol.md 8.6).
 */
export function confineThread(): void {
  // A report of the process has its environment in it.
  Object.defineProperty(process, 'report', { value: undefined });
  closeInspector();
}

/** Whoever connects to the agent's thread as a debugger runs code in it. The session of a thread with itself stays. */
function closeInspector(): void {
  try {
    const { Session } = createRequire(import.meta.url)('node:inspector') as typeof import('node:inspector');
    // That of `node:inspector/promises` inherits from it.
    Reflect.deleteProperty(Session.prototype, 'connectToMainThread');
  } catch {
    // A Node that was built without an inspector.
  }
  try {
    // Deprecated and not typed, and still what the session is made of.
    const { binding } = process as unknown as { binding?: (name: string) => object };
    if (binding !== undefined) Reflect.deleteProperty(binding('inspector'), 'MainThreadConnection');
  } catch {
    // A Node that has no such door any more.
  }
}
