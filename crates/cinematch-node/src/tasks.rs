//! Promises that are settled by the core's own threads; libuv's pool stays free for files and names.

use std::sync::Arc;

use cinematch_core::engine::{Engine, Lane};
use cinematch_core::{Result, guard};
use napi::bindgen_prelude::Object;
use napi::{Env, Result as NapiResult};
use serde::Serialize;

use crate::json::outcome;

/// A promise for what `work` gives on a thread of `lane`, as [`outcome`] writes it; it always resolves, never rejects.
pub fn promise<'env, T, W>(env: &'env Env, engine: &Arc<Engine>, lane: Lane, work: W) -> NapiResult<Object<'env>>
where
    T: Serialize,
    W: FnOnce(&Engine) -> Result<T> + Send + 'static,
{
    type Resolver = Box<dyn FnOnce(Env) -> NapiResult<String> + Send>;
    let (deferred, promise) = env.create_deferred::<String, Resolver>()?;
    let task_engine = Arc::clone(engine);
    engine.submit(lane, move |accepted| {
        let text = outcome(accepted.and_then(|()| guard(|| work(&task_engine))));
        // The engine goes first: whoever awaits `close` may open the same directory at once.
        drop(task_engine);
        deferred.resolve(Box::new(move |_| Ok(text)));
    });
    Ok(promise)
}
