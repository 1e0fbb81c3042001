export { createVirtualClock, type VirtualClock } from '../../src/time/virtual-clock.js';
