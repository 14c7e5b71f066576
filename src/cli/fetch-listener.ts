import type { FetchListener } from '../compose';
import type { CliContext } from './context';
import { createProgress, type ProgressDisplay } from './progress';

/** Shows on stderr how a model is fetched, one bar a file. Call `done` before anything else is written. */
export function fetchListener({ stderr }: Pick<CliContext, 'stderr'>): FetchListener & { done(): void } {
  let shown: { name: string; progress: ProgressDisplay } | undefined;
  const done = () => {
    shown?.progress.stop();
    shown = undefined;
  };
  return {
    done,
    onStep: (message) => {
      done();
      stderr.write(`${message}\n`);
    },
    onProgress: (file, received) => {
      if (shown?.name !== file.name) {
        done();
        shown = { name: file.name, progress: createProgress(stderr, { label: file.name, unit: 'bytes' }) };
      }
      shown.progress.update(received, file.bytes);
    },
  };
}
