/** A process with a store that sets a number again and again until it is killed, and says which it has set. */
import { createStoreHub } from '../../src/store/store-hub.js';

const hub = createStoreHub({ path: process.argv[2] ?? null });
await hub.open();
let count = 0;
setInterval(() => {
  count += 1;
  hub.store.set('count', count);
  process.send?.(count);
}, 2);
