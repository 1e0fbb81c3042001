export { scriptedPort } from '../../src/testing/scripted-port.js';
