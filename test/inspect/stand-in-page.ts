/** Runs in the browser: what the inspector's page does, which is to listen with the library's own receiver. */
import { createBrowserReceiver, type StatelyInspectionEvent } from '@statelyai/inspect';

declare global {
  var received: StatelyInspectionEvent[];
}

globalThis.received = [];
createBrowserReceiver().subscribe((event) => void globalThis.received.push(event));
