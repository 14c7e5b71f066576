#![allow(missing_docs)]
fn main() {
    napi_build::setup();
}
