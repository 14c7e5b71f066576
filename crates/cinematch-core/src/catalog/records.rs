//! Records of the service (API keys, jobs): JSON values by collection and key, in the same database.

use rusqlite::{OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Catalog;
use crate::error::{EngineError, Result};

/// One record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "StoredRecord"))]
pub struct Record {
    /// Unique in its collection.
    pub key: String,
    /// What the service keeps.
    #[cfg_attr(test, ts(type = "unknown"))]
    pub value: Value,
    /// When it was last written, RFC 3339.
    pub updated_at: String,
}

impl Catalog {
    /// One record, or `None`.
    pub fn record(&self, collection: &str, key: &str) -> Result<Option<Record>> {
        let sql = "SELECT key, value, updated_at FROM records WHERE collection = ?1 AND key = ?2";
        let found =
            self.read(|connection| connection.prepare_cached(sql)?.query_row(params![collection, key], stored_record).optional())?;
        found.map(Record::try_from).transpose()
    }

    /// All records of a collection by rising key.
    pub fn records(&self, collection: &str) -> Result<Vec<Record>> {
        let sql = "SELECT key, value, updated_at FROM records WHERE collection = ?1 ORDER BY key";
        let found: Vec<StoredRecord> =
            self.read(|connection| connection.prepare_cached(sql)?.query_map([collection], stored_record)?.collect())?;
        found.into_iter().map(Record::try_from).collect()
    }

    /// Writes a record; it is durable when this returns.
    pub fn put_record(&self, collection: &str, key: &str, value: &Value) -> Result<()> {
        let sql = "INSERT INTO records VALUES (?1, ?2, ?3, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
                   ON CONFLICT DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at";
        let text = value.to_string();
        self.write(|transaction| transaction.prepare_cached(sql)?.execute(params![collection, key, text]))?;
        Ok(())
    }

    /// Deletes a record; whether there was one.
    pub fn delete_record(&self, collection: &str, key: &str) -> Result<bool> {
        let sql = "DELETE FROM records WHERE collection = ?1 AND key = ?2";
        let deleted = self.write(|transaction| transaction.prepare_cached(sql)?.execute(params![collection, key]))?;
        Ok(deleted > 0)
    }
}

type StoredRecord = (String, String, String);

fn stored_record(row: &Row<'_>) -> rusqlite::Result<StoredRecord> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?))
}

impl TryFrom<StoredRecord> for Record {
    type Error = EngineError;

    fn try_from((key, value, updated_at): StoredRecord) -> Result<Self> {
        let value = serde_json::from_str(&value).map_err(|cause| EngineError::storage(format!("reading the record {key}"), &cause))?;
        Ok(Self { key, value, updated_at })
    }
}
