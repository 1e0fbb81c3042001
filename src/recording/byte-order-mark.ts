const byteOrderMark = Buffer.from('\uFEFF');

/** What editors of Windows put before the first line, and JSON does not allow. */
export const withoutMark = (line: Buffer): Buffer =>
  line.subarray(0, byteOrderMark.length).equals(byteOrderMark) ? line.subarray(byteOrderMark.length) : line;
