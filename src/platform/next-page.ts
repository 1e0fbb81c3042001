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
  return told.some((one) => countsMore(one, seen)) ? 'unknown' : null;
}

function countsMore(holder: JsonObject, seen: number): boolean {
  const { has_more, has_next, total, total_count, count, total_pages, page } = holder;
  const entries = [total, total_count, count].map((one) => wholeOf(one) ?? 0);
  const isLater = (wholeOf(total_pages) ?? 0) > (wholeOf(page) ?? 1);
  return has_more === true || has_next === true || isLater || entries.some((one) => one > seen);
}

function nextIn(holder: JsonObject, path: string): NextPage {
  const { next, next_url, next_cursor, next_page, next_page_token } = holder;
  const ofObject = isObject(next) ? textOf(next['href']) : null;
  const ofPage = numberOf(next_page) === null ? textOf(next_page) : null;
  const link = textOf(next) ?? ofObject ?? textOf(next_url) ?? ofPage;
  // A cursor may begin with a slash, and nothing else of one has a question mark.
  if (link !== null && numberOf(link) === null)
    return /^(?:https?:)?\/|\?/.test(link) ? queryOf(link, path) : { cursor: link };
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
