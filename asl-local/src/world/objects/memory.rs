use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{self, Cursor, Write};
use std::ops::Bound;
use std::rc::Rc;
use std::sync::Arc;

use md5::{Digest, Md5};

use super::{Body, Listing, Object, ObjectStore, Upload, hexadecimal, no_bucket, no_key};
use crate::TaskError;

/// Objects in memory. Clones share them, so a test can keep one and look at what a run has written.
///
/// One version of each object is kept. There is no clock: `LastModified` is 0. The entity tag is the MD5 of the
/// content, as S3 makes it of an object that was put in one piece.
///
/// ```
/// use asl_local::world::{MemoryObjects, ObjectStore};
///
/// let objects = MemoryObjects::new().with_bucket("results");
/// let seen_by_the_engine = objects.clone();
/// seen_by_the_engine.put("results", "run/manifest.json", b"{}")?;
/// assert_eq!(objects.keys("results"), ["run/manifest.json"]);
/// assert_eq!(objects.body("results", "run/manifest.json").as_deref(), Some(&b"{}"[..]));
/// assert!(objects.put("another", "key", b"").is_err(), "a bucket has to be made first");
/// # Ok::<(), asl_local::TaskError>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct MemoryObjects {
    buckets: Rc<RefCell<Buckets>>,
}

type Buckets = BTreeMap<String, BTreeMap<String, Stored>>;

#[derive(Debug, Clone)]
struct Stored {
    // shared with readers, which may be sent to another thread
    body: Arc<[u8]>,
    etag: String,
}

impl MemoryObjects {
    /// No buckets.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an empty bucket.
    #[must_use]
    pub fn with_bucket(self, bucket: impl Into<String>) -> Self {
        self.buckets.borrow_mut().entry(bucket.into()).or_default();
        self
    }

    /// Adds an object, and its bucket if that is missing.
    #[must_use]
    pub fn with(self, bucket: impl Into<String>, key: impl Into<String>, body: impl Into<Vec<u8>>) -> Self {
        self.add(bucket.into(), key.into(), body.into());
        self
    }

    /// Adds an object to those that others may look at already.
    pub(crate) fn add(&self, bucket: String, key: String, body: Vec<u8>) {
        let stored = Stored { etag: hexadecimal(&Md5::digest(&body)), body: body.into() };
        self.buckets.borrow_mut().entry(bucket).or_default().insert(key, stored);
    }

    /// The keys of a bucket, sorted; none if there is no such bucket.
    #[must_use]
    pub fn keys(&self, bucket: &str) -> Vec<String> {
        self.buckets.borrow().get(bucket).into_iter().flat_map(BTreeMap::keys).cloned().collect()
    }

    /// The content of an object.
    #[must_use]
    pub fn body(&self, bucket: &str, key: &str) -> Option<Vec<u8>> {
        Some(self.buckets.borrow().get(bucket)?.get(key)?.body.to_vec())
    }
}

impl ObjectStore for MemoryObjects {
    fn get(&self, bucket: &str, key: &str, _version: Option<&str>) -> Result<Box<dyn Body>, TaskError> {
        let buckets = self.buckets.borrow();
        let stored = buckets
            .get(bucket)
            .ok_or_else(|| no_bucket(bucket))?
            .get(key)
            .ok_or_else(|| no_key(bucket, key))?;
        Ok(Box::new(Cursor::new(Arc::clone(&stored.body))))
    }

    fn list(&self, bucket: &str, prefix: &str) -> Result<Listing, TaskError> {
        if !self.buckets.borrow().contains_key(bucket) {
            return Err(no_bucket(bucket));
        }
        let mut after = Bound::Included(prefix.to_owned());
        let (store, bucket, prefix) = (self.clone(), bucket.to_owned(), prefix.to_owned());
        let next = move || {
            let buckets = store.buckets.borrow();
            let rest = (std::mem::replace(&mut after, Bound::Unbounded), Bound::Unbounded);
            let (key, stored) = buckets.get(&bucket)?.range::<String, _>(rest).next()?;
            after = Bound::Excluded(key.clone());
            key.starts_with(&prefix).then(|| {
                Ok(Object {
                    key: key.clone(),
                    size: stored.body.len() as u64,
                    etag: stored.etag.clone(),
                    last_modified: 0.0,
                    storage_class: "STANDARD".to_owned(),
                })
            })
        };
        Ok(Box::new(std::iter::from_fn(next).fuse()))
    }

    fn upload(&self, bucket: &str, key: &str) -> Result<Box<dyn Upload>, TaskError> {
        if !self.buckets.borrow().contains_key(bucket) {
            return Err(no_bucket(bucket));
        }
        let (store, bucket, key) = (self.clone(), bucket.to_owned(), key.to_owned());
        Ok(Box::new(Growing { store, bucket, key, body: Vec::new() }))
    }
}

/// An object while it is written.
struct Growing {
    store: MemoryObjects,
    bucket: String,
    key: String,
    body: Vec<u8>,
}

impl Write for Growing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.body.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Upload for Growing {
    fn finish(self: Box<Self>) -> Result<(), TaskError> {
        let Self { store, bucket, key, body } = *self;
        let _ = store.with(bucket, key, body);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listing_holds_the_keys_of_the_prefix_in_byte_order() {
        let objects = MemoryObjects::new()
            .with("b", "data/2", "two")
            .with("b", "data.txt", "")
            .with("b", "data/10", "ten")
            .with("b", "other", "");
        let keys: Vec<_> = objects.list("b", "data/").unwrap().map(|object| object.unwrap().key).collect();
        assert_eq!(keys, ["data/10", "data/2"]);
        let object = objects.list("b", "data/2").unwrap().next().unwrap().unwrap();
        assert_eq!((object.size, object.etag.as_str()), (3, "b8a9f715dbb64fd5c56e7783c6820a61"));
        assert_eq!(objects.list("b", "z").unwrap().count(), 0);
    }

    #[test]
    fn objects_that_come_and_go_during_a_listing_do_no_harm() {
        let objects = MemoryObjects::new().with("b", "1", "").with("b", "3", "");
        let mut listing = objects.list("b", "").unwrap();
        assert_eq!(listing.next().unwrap().unwrap().key, "1");
        objects.put("b", "2", b"").unwrap();
        objects.put("b", "0", b"").unwrap();
        let rest: Vec<_> = listing.map(|object| object.unwrap().key).collect();
        assert_eq!(rest, ["2", "3"]);
    }

    #[test]
    fn what_is_missing_is_named() {
        let objects = MemoryObjects::new().with_bucket("b");
        let error = objects.get("b", "k", None).err().unwrap();
        assert_eq!(error.to_string(), "S3.NoSuchKeyException: there is no object `k` in the bucket `b`");
        let error = objects.list("c", "").err().unwrap();
        assert_eq!(error.to_string(), "S3.NoSuchBucketException: there is no bucket `c`");
    }

    #[test]
    fn an_upload_that_is_dropped_leaves_nothing() {
        let objects = MemoryObjects::new().with_bucket("b");
        let mut upload = objects.upload("b", "k").unwrap();
        upload.write_all(b"half").unwrap();
        drop(upload);
        assert!(objects.keys("b").is_empty());
    }
}
