/**
 * What was thrown, as text. Never throws, although user code may throw anything, also what cannot be converted to
 * text.
 */
export function messageOf(error: unknown): string {
  try {
    return String(error instanceof Error ? error.message : error);
  } catch {
    return 'an error without a text';
  }
}
