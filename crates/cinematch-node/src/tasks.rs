//! Promises that are settled by the core's own threads; libuv's pool stays free for files and names.

use std::sync::Arc;

use cinematch_core::engine::{Engine, Lane};
use cinematch_core::{Result, guard};
use napi::bindgen_prelude::{Either, Object, ToNapiValue};
use napi::{Env, Result as NapiResult};

use crate::error::BindingFailure;

/// What a promise resolves to: a value, or a failure as data.
pub type Outcome<T> = Either<T, BindingFailure>;

/// Makes data of a failure.
pub fn outcome<T>(result: Result<T>) -> Outcome<T> {
    match result {
        Ok(value) => Either::A(value),
        Err(error) => Either::B(error.into()),
    }
}

/// A promise for what `work` gives on a thread of `lane`; it always resolves, never rejects.
pub fn promise<'env, T, W>(env: &'env Env, engine: &Arc<Engine>, lane: Lane, work: W) -> NapiResult<Object<'env>>
where
    T: ToNapiValue + Send + 'static,
    W: FnOnce(&Engine) -> Result<T> + Send + 'static,
{
    type Resolver<T> = Box<dyn FnOnce(Env) -> NapiResult<Outcome<T>> + Send>;
    let (deferred, promise) = env.create_deferred::<Outcome<T>, Resolver<T>>()?;
    let task_engine = Arc::clone(engine);
    engine.submit(lane, move |accepted| {
        let result = accepted.and_then(|()| guard(|| work(&task_engine)));
        // The engine goes first: whoever awaits `close` may open the same directory at once.
        drop(task_engine);
        deferred.resolve(Box::new(move |_| Ok(outcome(result))));
    });
    Ok(promise)
}
