/** A process that locks a state file, and keeps it locked for as long as it lives if it is told to stay. */
import { lockState } from '../../../src/sandbox/memory/state-lock.js';

const [path = '', stay] = process.argv.slice(2);
await lockState(path);
if (stay === 'stay') {
  process.send?.('locked');
  process.on('disconnect', () => process.exit(1));
} else {
  process.disconnect();
}
