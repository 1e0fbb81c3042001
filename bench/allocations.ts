/** What a process allocates on its heap, exactly: what is on it now, and what collections have taken from it since. */
import v8 from 'node:v8';

const used = (): number => v8.getHeapStatistics().used_heap_size;

/** @returns the function that tells how many bytes were allocated since this call, and ends the watch. */
export function watchAllocations(): () => number {
  const profiler = new v8.GCProfiler();
  profiler.start();
  let left = used();
  return () => {
    let bytes = 0;
    for (const { beforeGC, afterGC } of profiler.stop()?.statistics ?? []) {
      bytes += beforeGC.heapStatistics.usedHeapSize - left;
      left = afterGC.heapStatistics.usedHeapSize;
    }
    return bytes + used() - left;
  };
}
