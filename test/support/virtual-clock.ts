export { createVirtualClock, type VirtualClock } from '../../src/sandbox/virtual-clock.js';
