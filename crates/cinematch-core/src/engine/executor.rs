//! The core's own threads: questions on one lane, changes of the catalogue on another, so that neither waits for the other.

use std::thread::JoinHandle;

use crossbeam_channel::{Receiver, Sender, TrySendError};
use parking_lot::Mutex;

use crate::error::{EngineError, Result};
use crate::guard::guard;

/// Which threads do the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lane {
    /// Questions: as many threads as there are query sessions.
    Query,
    /// Changes of the catalogue and everything that may wait for the disk.
    Bulk,
    /// A thread of its own, for the one call that ends the other lanes.
    Closing,
}

/// Work for a lane. It is always called, once: with the reason where it was refused.
pub type Job = Box<dyn FnOnce(Result<()>) + Send>;

/// Questions that may wait; one more is refused rather than kept waiting for seconds.
const QUEUE: usize = 1024;
/// Threads of the bulk lane. They mostly wait for the embedding threads and for the disk.
const BULK_THREADS: usize = 4;

/// A fixed set of threads fed by bounded queues.
pub struct Executor {
    lanes: Mutex<Option<(Sender<Job>, Sender<Job>)>>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

impl Executor {
    /// Starts `query_threads` threads for questions and a few for changes.
    pub fn start(query_threads: usize) -> Result<Self> {
        let (query, query_jobs) = crossbeam_channel::bounded(QUEUE);
        let (bulk, bulk_jobs) = crossbeam_channel::bounded(QUEUE);
        let mut threads = Vec::new();
        for (name, jobs, count) in [("query", query_jobs, query_threads), ("bulk", bulk_jobs, BULK_THREADS)] {
            for _ in 0..count {
                threads.push(start_thread(name, jobs.clone())?);
            }
        }
        Ok(Self { lanes: Mutex::new(Some((query, bulk))), threads: Mutex::new(threads) })
    }

    /// Hands `job` to a thread of `lane`.
    pub fn submit(&self, lane: Lane, job: Job) {
        // The lock is let go before the job may run here.
        let lanes = self.lanes.lock().clone();
        let queue = match (lane, lanes) {
            (Lane::Closing, _) => return start_closing(job),
            (_, None) => return job(Err(EngineError::Closed)),
            (Lane::Query, Some((queue, _))) | (Lane::Bulk, Some((_, queue))) => queue,
        };
        match queue.try_send(job) {
            Ok(()) => {}
            Err(TrySendError::Full(job)) => job(Err(EngineError::Overloaded)),
            Err(TrySendError::Disconnected(job)) => job(Err(EngineError::Closed)),
        }
    }

    /// Finishes what is queued and ends the threads.
    pub fn stop(&self) {
        drop(self.lanes.lock().take());
        for thread in self.threads.lock().drain(..) {
            // A panic of a job was caught; a thread cannot fail otherwise.
            let _ = thread.join();
        }
    }
}

/// Ending the lanes from one of their own threads would wait for itself.
fn start_closing(job: Job) {
    std::thread::spawn(move || job(Ok(())));
}

fn start_thread(name: &str, jobs: Receiver<Job>) -> Result<JoinHandle<()>> {
    std::thread::Builder::new()
        .name(format!("cinematch-{name}"))
        .spawn(move || {
            for job in jobs {
                let _ = guard(move || {
                    job(Ok(()));
                    Ok(())
                });
            }
        })
        .map_err(|cause| EngineError::storage("starting a thread", &cause))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    #[test]
    fn every_job_runs_and_a_stopped_executor_refuses_with_a_reason() {
        let executor = Executor::start(2).unwrap();
        let (done, finished) = mpsc::channel();
        for i in 0..100 {
            let done = done.clone();
            let lane = if i % 2 == 0 { Lane::Query } else { Lane::Bulk };
            executor.submit(lane, Box::new(move |accepted| done.send(accepted.is_ok()).unwrap()));
        }
        executor.stop();
        assert_eq!(finished.try_iter().filter(|&ran| ran).count(), 100, "queued work is finished before the stop");
        let done = done.clone();
        executor.submit(Lane::Query, Box::new(move |accepted| done.send(accepted.is_ok()).unwrap()));
        assert!(!finished.recv().unwrap());
    }

    #[test]
    fn a_full_lane_says_overloaded_and_the_other_lane_goes_on() {
        let executor = Executor::start(1).unwrap();
        let (release, wait) = mpsc::channel::<()>();
        executor.submit(Lane::Query, Box::new(move |_| wait.recv().unwrap()));
        let (answer, answers) = mpsc::channel();
        for _ in 0..QUEUE + 2 {
            let answer = answer.clone();
            executor.submit(
                Lane::Query,
                Box::new(move |accepted| {
                    if let Err(error) = accepted {
                        answer.send(error.code()).unwrap();
                    }
                }),
            );
        }
        assert_eq!(answers.recv().unwrap(), "overloaded");
        let (bulk, bulk_done) = mpsc::channel();
        executor.submit(Lane::Bulk, Box::new(move |_| bulk.send(()).unwrap()));
        bulk_done.recv().unwrap();
        release.send(()).unwrap();
        executor.stop();
    }

    #[test]
    fn a_panicking_job_does_not_cost_a_thread() {
        let executor = Executor::start(1).unwrap();
        executor.submit(Lane::Query, Box::new(|_| panic!("bug")));
        let (done, finished) = mpsc::channel();
        executor.submit(Lane::Query, Box::new(move |_| done.send(()).unwrap()));
        finished.recv().unwrap();
        executor.stop();
    }
}
