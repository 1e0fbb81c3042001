import { render } from 'preact';
import { followPrinting } from '../plot.js';
import { ReportApp } from './app.js';
import { readPage } from './data.js';

const { data, page } = readPage();
const root = document.getElementById('app');
followPrinting();
if (root !== null && data !== null) render(<ReportApp data={data} page={page} />, root);
