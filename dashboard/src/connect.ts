/**
 * The stream of what is new. A page that has to come back is told everything anew.
 *
 * A browser has six connections to a server, for all of its tabs: a seventh tab with a stream would not even load. So
 * a tab that nobody sees gives its own up as soon as there is another one, and comes back when it is looked at.
 */
import type { Changes, Opening } from '../../src/dashboard/page-view.js';

/** Milliseconds after which a page that was refused asks again. */
const retryMs = 1_000;

export interface Listener {
  opening(opening: Opening): void;
  changes(changes: Changes): void;
  lost(): void;
  /** There are too many pages; this one goes on asking for a place. */
  crowded(): void;
  /** The address is no longer good: the session that it led to is gone, and another one is at the port. */
  moved(): void;
  ended(): void;
}

/** @returns the function that ends it. */
export function connect(watched: string | null, listener: Listener): () => void {
  const query = watched === null ? '' : `?match=${encodeURIComponent(watched)}`;
  const others = new BroadcastChannel(location.pathname);
  let stream: EventSource;
  let timer = 0;
  let left = false;
  let rests = false;

  function open(): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel is of one origin
    others.postMessage('here');
    stream = new EventSource(`events${query}`);
    stream.addEventListener('opening', ({ data }) => listener.opening(JSON.parse(data)));
    stream.addEventListener('changes', ({ data }) => listener.changes(JSON.parse(data)));
    // The server is about to go: coming back would find nobody.
    stream.addEventListener('end', () => {
      leave();
      listener.ended();
    });
    stream.addEventListener('error', () => {
      // A browser comes back by itself when it finds nobody, but never when it is refused.
      if (stream.readyState === EventSource.CLOSED) void findOutWhy();
      else listener.lost();
    });
  }

  /** Of the refusal the browser says nothing. The page itself is there for as many as ask. */
  async function findOutWhy(): Promise<void> {
    const refused = stream;
    const page = await fetch('./', { method: 'HEAD' }).catch(() => null);
    if (left || rests || stream !== refused) return;
    if (page?.status === 404) {
      leave();
      return listener.moved();
    }
    if (page === null) listener.lost();
    else listener.crowded();
    timer = setTimeout(open, retryMs);
  }

  function rest(): void {
    if (!document.hidden) return;
    rests = true;
    clearTimeout(timer);
    stream.close();
  }

  function comeBack(): void {
    if (document.hidden || !rests) return;
    rests = false;
    open();
  }

  function leave(): void {
    left = true;
    others.close();
    document.removeEventListener('visibilitychange', comeBack);
    clearTimeout(timer);
    stream.close();
  }

  others.addEventListener('message', rest);
  document.addEventListener('visibilitychange', comeBack);
  open();
  return leave;
}

/** Presses a button. The secret is the page's own: no other page can know it, or send this header without being asked. */
export async function press(control: string): Promise<boolean> {
  const secret = document.querySelector<HTMLMetaElement>('meta[name="dashboard-secret"]')?.content ?? '';
  const response = await fetch(`control/${control}`, {
    method: 'POST',
    headers: { 'X-Dashboard-Secret': secret },
  });
  return response.ok;
}
