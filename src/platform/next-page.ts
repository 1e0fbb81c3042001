/** Where a list goes on that came in part, as HTTP interfaces commonly say it. */
import { isObject } from '../protocol/checks.js';
import type { JsonObject } from '../protocol/frames.js';
import { numberOf, textOf, wholeOf } from './fields.js';

/** Objects beside a list that may tell it. */
const holders = ['pagination', 'paging', 'page_info', 'links', 'meta'] as const;

/** What to ask with for the next page; `unknown`: there is more, and how to ask for it is not said. Null: this is all. */
export type NextPage = Readonly<Record<string, string | number>> | 'unknown' | null;

/**
 * @param beside what came with the list.
 * @param path of the request: a link that leads elsewhere is not followed.
 * @param seen entries so far.
 */
export function nextPage(beside: JsonObject, path: string, seen: number): NextPage {
  const told = [beside, ...holders.map((name) => beside[name]).filter(isObject)];
  for (const one of told) {
    const next = nextIn(one, path);
    if (next !== null) return next;
  }
  const isMore = told.some(
    (one) => one['has_more'] === true || one['has_next'] === true || (wholeOf(one['total']) ?? 0) > seen,
  );
  return isMore ? 'unknown' : null;
}

function nextIn(holder: JsonObject, path: string): NextPage {
  const { next, next_url, next_cursor, next_page, next_page_token } = holder;
  const link = textOf(next) ?? textOf(next_url);
  if (link !== null) return /^(?:https?:)?[/?]/.test(link) ? queryOf(link, path) : { cursor: link };
  const cursor = textOf(next_cursor);
  if (cursor !== null) return { cursor };
  const token = textOf(next_page_token);
  if (token !== null) return { page_token: token };
  const page = numberOf(next_page) ?? numberOf(next);
  return page === null ? null : { page };
}

function queryOf(link: string, path: string): NextPage {
  const origin = 'http://host';
  const url = URL.canParse(link, `${origin}${path}`) ? new URL(link, `${origin}${path}`) : null;
  if (url === null || url.pathname.replace(/\/$/, '') !== path) return 'unknown';
  return Object.fromEntries(url.searchParams);
}
