//! A pool of things that one thread at a time may use: made when they are first needed, kept, and dropped when they
//! have been idle for long.

use std::ops::{Deref, DerefMut};
use std::time::{Duration, Instant};

use parking_lot::{Condvar, Mutex};

use crate::Result;

type Make<T> = Box<dyn Fn() -> Result<T> + Send + Sync>;

/// At most `capacity` values of `T`; whoever finds none free waits.
pub(super) struct Pool<T> {
    make: Make<T>,
    capacity: usize,
    state: Mutex<State<T>>,
    returned: Condvar,
}

struct State<T> {
    /// The last one returned is the first one taken, so that those not needed grow old. With the time of return.
    idle: Vec<(T, Instant)>,
    /// Idle, in use and being made.
    alive: usize,
}

impl<T> Pool<T> {
    /// An empty pool; `make` is called when all values are in use and there are fewer than `capacity` (at least 1).
    pub fn new(capacity: usize, make: impl Fn() -> Result<T> + Send + Sync + 'static) -> Self {
        Self {
            make: Box::new(make),
            capacity: capacity.max(1),
            state: Mutex::new(State { idle: Vec::new(), alive: 0 }),
            returned: Condvar::new(),
        }
    }

    /// How many values there can be.
    pub fn capacity(&self) -> usize {
        self.capacity
    }

    /// Makes all values now.
    pub fn fill(&self) -> Result<()> {
        let all: Result<Vec<_>> = (0..self.capacity).map(|_| self.checkout()).collect();
        all.map(drop)
    }

    /// A value for the caller alone, until the guard is dropped. Fails only where making one fails.
    pub fn checkout(&self) -> Result<Guard<'_, T>> {
        let mut state = self.state.lock();
        loop {
            if let Some((value, _)) = state.idle.pop() {
                return Ok(Guard { pool: self, value: Some(value) });
            }
            if state.alive < self.capacity {
                state.alive += 1;
                break;
            }
            self.returned.wait(&mut state);
        }
        drop(state);
        // From here on the guard gives the place back if `make` fails or panics.
        let mut guard = Guard { pool: self, value: None };
        guard.value = Some((self.make)()?);
        Ok(guard)
    }

    /// Drops what has not been used for `idle_for`; says how many that were.
    pub fn release_idle(&self, idle_for: Duration) -> usize {
        let mut state = self.state.lock();
        let (old, kept) = state.idle.drain(..).partition::<Vec<_>, _>(|(_, since)| since.elapsed() >= idle_for);
        state.idle = kept;
        state.alive -= old.len();
        drop(state); // dropping a session takes a while
        old.len()
    }
}

/// The right to use a value of the pool; gives it back when dropped.
pub(super) struct Guard<'pool, T> {
    pool: &'pool Pool<T>,
    /// `None` only while the value is being made.
    value: Option<T>,
}

impl<T> Deref for Guard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.value.as_ref().unwrap_or_else(|| unreachable!("checkout returns a guard with a value"))
    }
}

impl<T> DerefMut for Guard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        self.value.as_mut().unwrap_or_else(|| unreachable!("checkout returns a guard with a value"))
    }
}

impl<T> Drop for Guard<'_, T> {
    fn drop(&mut self) {
        // What was in use during a panic may be in any state: the next checkout makes a new one.
        let value = self.value.take().filter(|_| !std::thread::panicking());
        let mut state = self.pool.state.lock();
        match value {
            Some(value) => state.idle.push((value, Instant::now())),
            None => state.alive -= 1,
        }
        drop(state);
        self.pool.returned.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
    use std::thread;

    use super::*;
    use crate::EngineError;

    /// A pool of numbers, 0 the first one made.
    fn numbers(capacity: usize) -> Pool<usize> {
        let made = AtomicUsize::new(0);
        Pool::new(capacity, move || Ok(made.fetch_add(1, Ordering::SeqCst)))
    }

    #[test]
    fn values_are_made_when_needed_and_used_again() {
        let pool = numbers(2);
        let first = pool.checkout().unwrap();
        let second = pool.checkout().unwrap();
        assert_eq!((*first, *second), (0, 1));
        drop(first);
        assert_eq!(*pool.checkout().unwrap(), 0);
    }

    #[test]
    fn a_full_pool_makes_callers_wait_for_a_return() {
        let pool = numbers(1);
        let mut held = pool.checkout().unwrap();
        *held = 41;
        thread::scope(|scope| {
            let waiting = scope.spawn(|| *pool.checkout().unwrap());
            *held += 1;
            drop(held);
            assert_eq!(waiting.join().unwrap(), 42);
        });
    }

    #[test]
    fn many_threads_never_share_a_value() {
        let in_use: Arc<[AtomicBool; 3]> = Arc::default();
        let pool = numbers(3);
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..500 {
                        let value = pool.checkout().unwrap();
                        assert!(!in_use[*value].swap(true, Ordering::SeqCst));
                        thread::yield_now();
                        in_use[*value].store(false, Ordering::SeqCst);
                    }
                });
            }
        });
    }

    #[test]
    fn a_value_that_cannot_be_made_costs_no_place() {
        let broken = AtomicBool::new(true);
        let pool = Pool::new(1, move || if broken.swap(false, Ordering::SeqCst) { Err(EngineError::Closed) } else { Ok(7) });
        assert!(pool.checkout().is_err());
        assert_eq!(*pool.checkout().unwrap(), 7);
    }

    #[test]
    fn a_value_used_during_a_panic_is_replaced() {
        let pool = numbers(1);
        let panicked = thread::scope(|scope| {
            let worker = scope.spawn(|| {
                let _value = pool.checkout().unwrap();
                panic!("as the test wants");
            });
            worker.join().is_err()
        });
        assert!(panicked);
        assert_eq!(*pool.checkout().unwrap(), 1);
    }

    #[test]
    fn what_is_idle_for_long_is_dropped() {
        let pool = numbers(2);
        pool.fill().unwrap();
        assert_eq!(pool.release_idle(Duration::from_hours(1)), 0);
        let used = pool.checkout().unwrap();
        assert_eq!(pool.release_idle(Duration::ZERO), 1);
        drop(used);
        assert_eq!(pool.release_idle(Duration::ZERO), 1);
        assert_eq!(*pool.checkout().unwrap(), 2);
    }
}
