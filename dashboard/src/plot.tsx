/** A plot that is as wide as its place, follows the colours of the page, and is printed in those of paper. */
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import { useScheme } from './use-scheme.js';

const printedWidth = 680;

/** The colours of plots are those of the style sheet. */
export function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** The colour of the line at this place. */
export const lineName = (index: number): string => `--line-${index % 6}`;

/** What all axes have in common. */
export const axis = (): uPlot.Axis => ({
  stroke: colour('--muted'),
  grid: { stroke: colour('--grid'), width: 1 },
  ticks: { show: false },
  font: '11px system-ui, sans-serif',
});

/** What all plots have in common. */
export const plotDefaults = {
  legend: { show: false },
  padding: [10, 14, 0, 0],
  cursor: { points: { size: 6 }, drag: { x: false, y: false } },
} satisfies Partial<uPlot.Options>;

interface Props {
  data: uPlot.AlignedData;
  options: () => Omit<uPlot.Options, 'width' | 'height'>;
  height: number;
  /** When this is another text, the options are other ones. */
  shape: string;
  /** What the plot shows, in a sentence. */
  summary: string;
}

export function Plot({ data, options, height, shape, summary }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const newest = useRef(data);
  newest.current = data;
  const scheme = useScheme();

  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const draw = (width: number): void => {
      plot.current?.destroy();
      plot.current = new uPlot({ ...options(), width, height }, newest.current, element);
    };
    const drawForScreen = (): void => draw(element.clientWidth);
    const drawForPaper = (): void => draw(Math.min(printedWidth, element.clientWidth));
    drawForScreen();
    const resize = new ResizeObserver(() => {
      if (element.clientWidth > 0 && !isPrinting())
        plot.current?.setSize({ width: element.clientWidth, height });
    });
    resize.observe(element);
    addEventListener('beforeprint', drawForPaper);
    addEventListener('afterprint', drawForScreen);
    return () => {
      removeEventListener('beforeprint', drawForPaper);
      removeEventListener('afterprint', drawForScreen);
      resize.disconnect();
      plot.current?.destroy();
      plot.current = null;
    };
    // Data goes in below: a plot is made anew only when its lines are others.
  }, [scheme, shape, height]);

  useEffect(() => plot.current?.setData(data), [data]);

  return (
    <div class="graph" style={{ minHeight: `${height}px` }} ref={place} role="img" aria-label={summary} />
  );
}

const isPrinting = (): boolean => document.documentElement.hasAttribute('data-printing');

/** Gives the page the colours of paper while it is printed. To be called before plots are made. */
export function followPrinting(): void {
  const { documentElement: root } = document;
  addEventListener('beforeprint', () => root.setAttribute('data-printing', ''));
  addEventListener('afterprint', () => root.removeAttribute('data-printing'));
}
