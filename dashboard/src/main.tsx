import { render } from 'preact';
import { App } from './app.js';
import { followPrinting } from './plot.js';

followPrinting();
const root = document.getElementById('app');
if (root !== null) render(<App />, root);
