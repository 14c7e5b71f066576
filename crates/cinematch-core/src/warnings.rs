//! What goes wrong outside any call, such as upkeep: told to whoever runs the process.

use parking_lot::RwLock;

type Listener = Box<dyn Fn(String) + Send + Sync>;

static LISTENER: RwLock<Option<Listener>> = RwLock::new(None);

/// From now on `listener` is told, on any thread; it must not wait. There is one listener a process, the last one set.
pub fn listen(listener: impl Fn(String) + Send + Sync + 'static) {
    *LISTENER.write() = Some(Box::new(listener));
}

pub(crate) fn warn(message: String) {
    if let Some(listener) = &*LISTENER.read() {
        listener(message);
    }
}
