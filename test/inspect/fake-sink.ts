import { FakeSink } from '../web/fake-sink.js';

interface Told {
  type: string;
  sessionId: string;
  [key: string]: unknown;
}

/** The response to a viewer whose page a test plays. */
export class ViewerSink extends FakeSink {
  /** Events told since the last call. */
  told(): Told[] {
    return dataOf(this.messages(), 'data: ').flatMap((data) => data as Told[]);
  }

  /** All of them. */
  notices(): string[] {
    return dataOf(this.text().split('\n\n'), 'event: notice\ndata: ').map(String);
  }
}

const dataOf = (messages: readonly string[], prefix: string): unknown[] =>
  messages
    .filter((message) => message.startsWith(prefix))
    .map((message): unknown => JSON.parse(message.slice(prefix.length)));
