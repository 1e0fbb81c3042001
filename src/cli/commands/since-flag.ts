/** The flag `--since`, of commands that look back. */
import { InvalidArgumentError, Option } from 'commander';

/** A parser of dates and times, to epoch milliseconds. */
function since(text: string): number {
  const isDate = /^\d{4}-\d\d-\d\d$/.test(text);
  const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/.test(text);
  const at = isDate || isTime ? Date.parse(text) : Number.NaN;
  // 31 February is read as a day in March.
  if (!Number.isNaN(at) && (!isDate || new Date(at).toISOString().startsWith(text))) return at;
  throw new InvalidArgumentError(
    'Give a date like 2026-10-01 (from 00:00 UTC), or a time like 2026-10-01T18:00Z.',
  );
}

export const sinceFlag = (): Option =>
  new Option('--since <date>', 'only matches that began then or later, such as 2026-10-01').argParser(since);
