export { type ScriptedPort, scriptedPort } from '../../src/testing/scripted-port.js';
