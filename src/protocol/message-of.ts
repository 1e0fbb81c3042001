/** What was thrown, as text: user code throws what it likes, also what cannot be turned into text. Never throws. */
export function messageOf(error: unknown): string {
  try {
    return String(error instanceof Error ? error.message : error);
  } catch {
    return 'an error without a text';
  }
}
