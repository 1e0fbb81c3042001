/**
 * The rejection of an answer that came twice. The first of two equal answers counts (docs/protocol.md 4): nothing was
 * refused.
 */
export function isDuplicateRejection({
  reason,
  message,
}: {
  reason?: string | null | undefined;
  message?: string | null | undefined;
}): boolean {
  return /duplicate/i.test(`${reason ?? ''} ${message ?? ''}`);
}
