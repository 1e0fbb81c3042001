/** Troubles of a machine that pass by themselves or by other hands: whoever starts a program again and again gets by them. */
const passing: ReadonlySet<unknown> = new Set([
  'ENOSPC',
  'EDQUOT',
  'EIO',
  'EROFS',
  'EMFILE',
  'ENFILE',
  'ENOMEM',
  'EAGAIN',
  'EBUSY',
  'ESTALE',
  'ENOTCONN',
  'ETIMEDOUT',
  'EHOSTDOWN',
]);

/** A system error such as that of a full disk, of a disk that is read-only for now, or of too many open files. */
export function isPassingTrouble(error: unknown): boolean {
  return error instanceof Error && 'code' in error && passing.has(error.code);
}
