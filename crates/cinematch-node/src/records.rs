//! Records of the service across the boundary; values are JSON text.

use cinematch_core::catalog::Record;
use napi_derive::napi;

#[napi(object)]
pub struct BindingRecord {
    pub key: String,
    /// JSON.
    pub value: String,
    /// RFC 3339.
    pub updated_at: String,
}

impl From<Record> for BindingRecord {
    fn from(record: Record) -> Self {
        Self { key: record.key, value: record.value.to_string(), updated_at: record.updated_at }
    }
}
