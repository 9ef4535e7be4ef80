//! Stored objects: what Step Functions reads from S3 and writes to it on behalf of a Distributed Map.
//!
//! Tasks that call S3 are tasks like any other and go through [`World::call`](super::World::call). Only the three
//! resources of a Map state's `ItemReader` and `ResultWriter` come here.

use std::io::{Read, Seek, Write};

use crate::TaskError;

mod memory;
mod folder;

pub use folder::FolderObjects;
pub use memory::MemoryObjects;

/// Buckets with objects: `s3:getObject`, `s3:listObjectsV2` and `s3:putObject` of a Map state.
///
/// Nothing here needs a whole object in memory: bodies are read and written as streams, listings one entry at a time.
///
/// ```
/// use std::io::Read;
/// use asl_local::world::{MemoryObjects, ObjectStore};
///
/// let objects = MemoryObjects::new().with("orders", "2026/one.json", r#"[{"id": 1}]"#);
/// let mut body = String::new();
/// objects.get("orders", "2026/one.json", None)?.read_to_string(&mut body)?;
/// assert_eq!(body, r#"[{"id": 1}]"#);
/// assert_eq!(objects.list("orders", "2026/")?.count(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait ObjectStore {
    /// Opens an object.
    ///
    /// `version` is the `VersionId` that the state asks for. A store that keeps one version of each object gives that.
    ///
    /// # Errors
    ///
    /// If there is no such bucket or object, or it cannot be read.
    fn get(&self, bucket: &str, key: &str, version: Option<&str>) -> Result<Box<dyn Body>, TaskError>;

    /// Lists the objects of a bucket whose keys start with the prefix, in the byte order of the keys.
    ///
    /// # Errors
    ///
    /// If there is no such bucket, or it cannot be read.
    fn list(&self, bucket: &str, prefix: &str) -> Result<Listing, TaskError>;

    /// Begins to write an object. It is there once [`Upload::finish`] says so, and replaces what was there.
    ///
    /// # Errors
    ///
    /// If there is no such bucket, or it cannot be written.
    fn upload(&self, bucket: &str, key: &str) -> Result<Box<dyn Upload>, TaskError>;

    /// Writes an object that is at hand as a whole.
    ///
    /// # Errors
    ///
    /// If there is no such bucket, or it cannot be written.
    fn put(&self, bucket: &str, key: &str, body: &[u8]) -> Result<(), TaskError> {
        let mut upload = self.upload(bucket, key)?;
        upload.write_all(body).map_err(|error| unusable(bucket, key, &error))?;
        upload.finish()
    }
}

/// An object that is read. Most formats are read from front to back; Parquet begins at the end.
pub trait Body: Read + Seek + Send {}

impl<T: Read + Seek + Send> Body for T {}

/// An object that is written. If it is dropped before [`finish`](Self::finish), nothing has been written.
pub trait Upload: Write {
    /// Makes the object visible.
    ///
    /// # Errors
    ///
    /// If what was written cannot be kept.
    fn finish(self: Box<Self>) -> Result<(), TaskError>;
}

/// The entries of a listing.
pub type Listing = Box<dyn Iterator<Item = Result<Object, TaskError>>>;

/// An entry of a listing, as `ListObjectsV2` gives it.
#[derive(Debug, Clone, PartialEq)]
pub struct Object {
    /// The object's name within its bucket.
    pub key: String,
    /// In bytes.
    pub size: u64,
    /// Entity tag, without quotes.
    pub etag: String,
    /// Seconds since 1970-01-01T00:00:00Z.
    pub last_modified: f64,
    /// `STANDARD` unless something else is known.
    pub storage_class: String,
}

fn no_bucket(bucket: &str) -> TaskError {
    TaskError::new("S3.NoSuchBucketException", format!("there is no bucket `{bucket}`"))
}

fn no_key(bucket: &str, key: &str) -> TaskError {
    TaskError::new("S3.NoSuchKeyException", format!("there is no object `{key}` in the bucket `{bucket}`"))
}

fn unusable(bucket: &str, key: &str, reason: &dyn std::fmt::Display) -> TaskError {
    TaskError::new("S3.S3Exception", format!("the object `{key}` of the bucket `{bucket}`: {reason}"))
}

fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        // writing to a string does not fail
        let _ = write!(text, "{byte:02x}");
    }
    text
}
