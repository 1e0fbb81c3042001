/** The stream of what is new. A browser's EventSource comes back by itself, and is told everything anew then. */
import type { Changes, Opening } from '../../src/dashboard/view.js';

export interface Listener {
  opening(opening: Opening): void;
  changes(changes: Changes): void;
  lost(): void;
  ended(): void;
}

/** @returns the function that ends it. */
export function connect(watched: string | null, listener: Listener): () => void {
  const query = watched === null ? '' : `?match=${encodeURIComponent(watched)}`;
  const stream = new EventSource(`events${query}`);
  stream.addEventListener('opening', ({ data }) => listener.opening(JSON.parse(data)));
  stream.addEventListener('changes', ({ data }) => listener.changes(JSON.parse(data)));
  // The server is about to go: coming back would find nobody.
  stream.addEventListener('end', () => {
    stream.close();
    listener.ended();
  });
  stream.addEventListener('error', () => listener.lost());
  return () => stream.close();
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
