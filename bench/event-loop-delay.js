// Preloaded into the server by bench/update-latency.ts: tells its parent the event loop's delay since it was last asked.
const { isMainThread } = require('node:worker_threads');
const { monitorEventLoopDelay } = require('node:perf_hooks');

const RESOLUTION_MS = 5;

if (isMainThread && process.send) {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  histogram.enable();
  process.on('message', () => {
    // The histogram holds the time between two ticks of its timer; the delay is what exceeds the timer's interval.
    const delay = (nanoseconds) => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS);
    process.send({
      p50: delay(histogram.percentile(50)),
      p99: delay(histogram.percentile(99)),
      max: delay(histogram.max),
    });
    histogram.reset();
  });
  process.channel.unref();
}
