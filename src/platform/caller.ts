/** What the parts of the client share: one call of a user, from its signal to the object of its answer. */

import { onAbort } from '../network/on-abort.js';
import { isObject } from '../protocol/checks.js';
import { OptionError } from '../protocol/errors.js';
import type { JsonObject } from '../protocol/frames.js';
import { refuseUnknown } from '../protocol/known-names.js';
import { rowsOf } from './fields.js';
import { type FoundList, findList, type ListNames } from './find-list.js';
import { nextPage } from './next-page.js';
import { PlatformAnswerError, PlatformRefusedError, PlatformUnreachableError } from './platform-error.js';
import type { PartialWhy, PlatformListener } from './platform-events.js';
import type { RecordLane } from './record-lane.js';
import type { PlatformAnswer, PlatformRequest, Requests } from './requests.js';

/** Options of every call. */
export interface CallOptions {
  /** Aborting it ends the call at once, with the signal's reason. */
  signal?: AbortSignal;
}

export interface Caller {
  /** Asks at once, and once. */
  ask(request: PlatformRequest, options: CallOptions | undefined): Promise<PlatformAnswer>;
  /** Asks for a public record: one at a time, at a pace, and again where that may help. */
  askRecord(
    path: string,
    query: PlatformRequest['query'],
    options: CallOptions | undefined,
  ): Promise<PlatformAnswer>;
  /** Reads the entries of a list; those that cannot be read are left out and reported. Null: not a list of objects. */
  rows<T>(list: unknown, answer: PlatformAnswer, read: (row: JsonObject) => T | null): T[] | null;
  /** The list of an answer, wherever in it. @param what as the end of a sentence. @throws {PlatformAnswerError} */
  list(answer: PlatformAnswer, names: ListNames, what: string): FoundList;
  /** Reports that a list was found elsewhere than usual. */
  tellPlace(answer: PlatformAnswer, place: string, usual: string): void;
  /** Asks for a list, page for page, and reads its entries as `rows` does. @throws {PlatformAnswerError} */
  askList<T>(asked: AskedList<T>, options: CallOptions | undefined): Promise<T[]>;
  /** Ends all calls; later ones end at once. */
  close(): void;
}

export interface AskedList<T> {
  path: string;
  credential: PlatformRequest['credential'];
  names: ListNames;
  /** As the end of a sentence: `a list of fixtures`. */
  what: string;
  read: (row: JsonObject) => T | null;
}

/** No list for one bot is as long. */
const maxPages = 20;

const isOfPlatform = (error: unknown): error is Error =>
  error instanceof PlatformRefusedError ||
  error instanceof PlatformUnreachableError ||
  error instanceof PlatformAnswerError;

/** Those of all requests, some of which also choose what is asked for. */
const callOptionNames = { signal: true, botId: true, gameType: true, pageSize: true, known: true } as const;

interface CallerParts {
  requests: Requests;
  lane: RecordLane;
  report: PlatformListener;
}

export function createCaller({ requests, lane, report }: CallerParts): Caller {
  const closed = new AbortController();

  /** Runs the work with a signal that ends with the user's, or with the client. */
  async function within<T>(
    options: CallOptions | undefined,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    if (options !== undefined) refuseUnknown(options, callOptionNames, 'A request to the platform');
    const own = new AbortController();
    const signals = [closed.signal, ...(options?.signal ? [options.signal] : [])];
    for (const { aborted, reason } of signals) if (aborted) throw reason;
    const forgets = signals.map((signal) => onAbort(signal, () => own.abort(signal.reason)));
    try {
      return await work(own.signal);
    } finally {
      for (const forget of forgets) forget();
    }
  }

  const ask: Caller['ask'] = (request, options) =>
    within(options, async (signal) => {
      try {
        return await requests.ask(request, signal);
      } catch (error) {
        if (error instanceof PlatformRefusedError && error.errorCode === 'RATE_001') lane.slowDown(error);
        throw error;
      }
    });

  const tellPlace: Caller['tellPlace'] = ({ where }, place, usual) =>
    report({ type: 'platform.reshaped', request: where.request, place, usual });

  const list: Caller['list'] = (answer, names, what) => {
    const { value, where } = answer;
    const found = findList(value, names);
    if ('why' in found)
      throw new PlatformAnswerError(`${where.request}: the answer is not ${what}: ${found.why}.`, where);
    const [usual] = names;
    if (found.place !== usual) tellPlace(answer, found.place, usual);
    return found;
  };

  const rows: Caller['rows'] = (value, { where }, read) => {
    const found = rowsOf(value);
    // Entries of which none is an object are something else than the list that is looked for.
    if (found === null || (found.rows.length === 0 && found.skipped > 0)) return null;
    const entries = found.rows.map(read).filter((entry) => entry !== null);
    const count = found.skipped + found.rows.length - entries.length;
    if (count > 0) report({ type: 'platform.skipped', request: where.request, count });
    return entries;
  };

  async function askList<T>(
    { path, credential, names, what, read }: AskedList<T>,
    options: CallOptions | undefined,
  ): Promise<T[]> {
    const entries: T[] = [];
    const seen = new Set<string>();
    let count = 0;
    let query: PlatformRequest['query'];
    const part = (why: PartialWhy, message: string | null = null): T[] => {
      report({ type: 'platform.partial', request: `GET ${path}`, entries: count, why, message });
      return entries;
    };
    for (let page = 1; ; page += 1) {
      const ofPage = await readPage(query).catch((error: unknown) => {
        // What came before is worth having, and the next time may fail at the same page.
        if (page > 1 && isOfPlatform(error)) return error;
        throw error;
      });
      if (ofPage instanceof Error) return part('failed', ofPage.message);
      if (ofPage.isRepeated) return part('unsaid');
      const next = nextPage(ofPage.beside, path, count);
      if (next === null) return entries;
      if (next === 'unknown') return part('unsaid');
      if (page === maxPages) return part('too_long');
      query = next;
    }

    async function readPage(ofPage: PlatformRequest['query']) {
      const request = { method: 'GET', path, credential } as const;
      const answer = await ask(ofPage === undefined ? request : { ...request, query: ofPage }, options);
      const { list: found, beside } = list(answer, names, what);
      // What changes between two pages moves entries from one to the other.
      const fresh = found
        .map((entry) => [JSON.stringify(entry), entry] as const)
        .filter(([text]) => !seen.has(text));
      entries.push(
        ...needed(
          rows(
            fresh.map(([, entry]) => entry),
            answer,
            read,
          ),
          answer.where,
          what,
        ),
      );
      for (const [text] of fresh) seen.add(text);
      count += fresh.length;
      // A server that does not know the way it names itself sends the same pages for ever.
      return { beside, isRepeated: found.length > 0 && fresh.length === 0 };
    }
  }

  return {
    ask,
    list,
    rows,
    tellPlace,
    askList,
    askRecord: (path, query, options) =>
      within(options, (signal) =>
        lane.run(
          () =>
            requests.ask({ method: 'GET', path, ...(query && { query }), credential: 'optional' }, signal),
          signal,
        ),
      ),
    close() {
      closed.abort(new DOMException('The client of the platform was closed.', 'AbortError'));
    },
  };
}

/** @throws {PlatformAnswerError} when the answer is not an object. */
export function objectOf({ value, where }: PlatformAnswer): JsonObject {
  return needed(isObject(value) ? value : null, where, 'an object');
}

/** @throws {PlatformAnswerError} for null: the answer is not what it must be. @param what as the end of a sentence. */
export function needed<T>(value: T | null, where: PlatformAnswer['where'], what: string): T {
  if (value !== null) return value;
  throw new PlatformAnswerError(`${where.request}: the answer is not ${what}.`, where);
}

/**
 * An id as one segment of a path.
 *
 * @throws {OptionError} when it cannot be one.
 */
export function segmentOf(id: string, name: string): string {
  try {
    // URL parsers treat these as relative steps in the path.
    if (typeof id === 'string' && !['', '.', '..'].includes(id)) return encodeURIComponent(id);
  } catch {
    // Lone surrogates cannot be encoded.
  }
  throw new OptionError(name, `The ${name} cannot be part of a URL. Give it as the platform spells it.`);
}
