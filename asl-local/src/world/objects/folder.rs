use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Component, Path, PathBuf};
use std::time::UNIX_EPOCH;

use md5::{Digest, Md5};

use super::{Body, Listing, Object, ObjectStore, Upload, hexadecimal, no_bucket, no_key, unusable};
use crate::TaskError;

/// Objects in a folder on disk: a bucket is a sub-folder, a key the path of a file below it, parted by `/`.
///
/// Buckets are not made: a state that names one that is not there fails, as it would with S3. No bucket and no key
/// leads out of its folder: `..` and the like are refused. Links inside the folder are the owner's affair: those to
/// files are followed, those to folders are not listed.
///
/// Each object has one version. `LastModified` is the file's, and the entity tag the MD5 of its content, so listing
/// reads the files.
///
/// ```
/// use asl_local::world::{FolderObjects, ObjectStore};
///
/// let folder = tempfile::tempdir()?;
/// std::fs::create_dir(folder.path().join("orders"))?;
/// let objects = FolderObjects::new(folder.path());
/// objects.put("orders", "2026/one.json", b"[]")?;
/// assert!(folder.path().join("orders/2026/one.json").is_file());
/// assert!(objects.put("orders", "../elsewhere", b"").is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct FolderObjects {
    root: PathBuf,
}

impl FolderObjects {
    /// The folder that holds a sub-folder for each bucket. It is looked at when an object is asked for, not now.
    #[must_use]
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    fn bucket(&self, bucket: &str) -> Result<PathBuf, TaskError> {
        let folder = is_file_name(bucket).then(|| self.root.join(bucket));
        folder.filter(|folder| folder.is_dir()).ok_or_else(|| no_bucket(bucket))
    }

    fn file(&self, bucket: &str, key: &str) -> Result<PathBuf, TaskError> {
        let mut path = self.bucket(bucket)?;
        for part in key.split('/') {
            if !is_file_name(part) {
                let reason = format!("a folder cannot hold it: `{part}` is no name of a file");
                return Err(unusable(bucket, key, &reason));
            }
            path.push(part);
        }
        Ok(path)
    }
}

/// Whether the text names one file in a folder, and not the folder itself, its parent, or a drive.
fn is_file_name(name: &str) -> bool {
    let mut components = Path::new(name).components();
    let only = (components.next(), components.next());
    !name.contains('\0') && only == (Some(Component::Normal(OsStr::new(name))), None)
}

impl ObjectStore for FolderObjects {
    fn get(&self, bucket: &str, key: &str, _version: Option<&str>) -> Result<Box<dyn Body>, TaskError> {
        let path = self.file(bucket, key)?;
        // a folder can be opened, but not read
        if path.is_dir() {
            return Err(no_key(bucket, key));
        }
        File::open(path).map(|file| Box::new(file) as Box<dyn Body>).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => no_key(bucket, key),
            _ => unusable(bucket, key, &error),
        })
    }

    fn list(&self, bucket: &str, prefix: &str) -> Result<Listing, TaskError> {
        let folder = self.bucket(bucket)?;
        let entries = entries(&folder, "").map_err(|error| unusable(bucket, prefix, &error))?;
        Ok(Box::new(Walk { bucket: bucket.to_owned(), prefix: prefix.to_owned(), pending: entries }))
    }

    fn upload(&self, bucket: &str, key: &str) -> Result<Box<dyn Upload>, TaskError> {
        let target = self.file(bucket, key)?;
        let (bucket, key) = (bucket.to_owned(), key.to_owned());
        match PartialFile::create(&self.root) {
            Ok((partial, file)) => {
                Ok(Box::new(Growing { partial, file: BufWriter::new(file), target, bucket, key }))
            }
            Err(error) => Err(unusable(&bucket, &key, &error)),
        }
    }
}

/// A file or folder below a bucket.
struct Entry {
    /// What keys are sorted by: a folder's name ends with `/`.
    key: String,
    path: PathBuf,
}

/// What stands in a folder, the last first.
fn entries(folder: &Path, key: &str) -> io::Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let Some(name) = name.to_str() else {
            let text = format!("the name of the file `{}` is not UTF-8", entry.path().display());
            return Err(io::Error::new(io::ErrorKind::InvalidData, text));
        };
        let end = if entry.file_type()?.is_dir() { "/" } else { "" };
        entries.push(Entry { key: format!("{key}{name}{end}"), path: entry.path() });
    }
    entries.sort_by(|a, b| b.key.cmp(&a.key));
    Ok(entries)
}

/// Goes through a bucket in the order of keys. It holds the names of one folder a level, never the whole tree.
struct Walk {
    bucket: String,
    prefix: String,
    pending: Vec<Entry>,
}

impl Iterator for Walk {
    type Item = Result<Object, TaskError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let Entry { key, path } = self.pending.pop()?;
            let result = if key.ends_with('/') {
                if !key.starts_with(&self.prefix) && !self.prefix.starts_with(&key) {
                    continue;
                }
                entries(&path, &key).map(|inner| {
                    self.pending.extend(inner);
                    None
                })
            } else if key.starts_with(&self.prefix) {
                describe(&key, &path)
            } else {
                continue;
            };
            match result {
                Ok(None) => {}
                Ok(Some(object)) => return Some(Ok(object)),
                Err(error) => {
                    self.pending.clear();
                    return Some(Err(unusable(&self.bucket, &key, &error)));
                }
            }
        }
    }
}

/// The entry of a file; `None` for what is no file, such as a link to a folder.
fn describe(key: &str, path: &Path) -> io::Result<Option<Object>> {
    let metadata = fs::metadata(path)?;
    if !metadata.is_file() {
        return Ok(None);
    }
    let modified = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    let mut file = File::open(path)?;
    let mut hash = Md5::new();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let count = file.read(&mut buffer)?;
        if count == 0 {
            break;
        }
        hash.update(&buffer[..count]);
    }
    Ok(Some(Object {
        key: key.to_owned(),
        size: metadata.len(),
        etag: hexadecimal(&hash.finalize()),
        // S3 counts whole seconds
        #[expect(clippy::cast_precision_loss, reason = "exact below 2^53 seconds")]
        last_modified: modified.map_or(0.0, |time| time.as_secs() as f64),
        storage_class: "STANDARD".to_owned(),
    }))
}

/// A file beside the buckets, where no listing sees it. It is removed unless it was moved away.
struct PartialFile(PathBuf);

impl PartialFile {
    fn create(root: &Path) -> io::Result<(Self, File)> {
        let mut number = 0_u32;
        loop {
            let path = root.join(format!(".upload-{number}"));
            match File::create_new(&path) {
                Ok(file) => return Ok((Self(path), file)),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists && number < u32::MAX => {
                    number += 1;
                }
                Err(error) => return Err(error),
            }
        }
    }
}

impl Drop for PartialFile {
    fn drop(&mut self) {
        // after a finished upload there is nothing to remove
        let _ = fs::remove_file(&self.0);
    }
}

/// An object while it is written.
struct Growing {
    // closed before the partial file is removed
    file: BufWriter<File>,
    partial: PartialFile,
    target: PathBuf,
    bucket: String,
    key: String,
}

impl Write for Growing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Upload for Growing {
    fn finish(self: Box<Self>) -> Result<(), TaskError> {
        let Self { file, partial, target, bucket, key } = *self;
        let moved = file.into_inner().map_err(io::IntoInnerError::into_error).and_then(|file| {
            drop(file);
            if let Some(folder) = target.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::rename(&partial.0, &target)
        });
        moved.map_err(|error| unusable(&bucket, &key, &error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder_with_bucket() -> (tempfile::TempDir, FolderObjects) {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("store/b")).unwrap();
        fs::write(folder.path().join("secret"), "s").unwrap();
        let objects = FolderObjects::new(folder.path().join("store"));
        (folder, objects)
    }

    #[test]
    fn no_key_and_no_bucket_leads_out_of_the_folder() {
        let (_folder, objects) = folder_with_bucket();
        for key in ["../../secret", "..", ".", "", "/secret", "a/../../../secret", "a//b", "a/", "a\0b"] {
            let error = objects.get("b", key, None).err().unwrap();
            assert!(error.to_string().contains("a folder cannot hold it"), "{key:?}: {error}");
            assert!(objects.put("b", key, b"").is_err(), "{key:?}");
        }
        for bucket in ["..", ".", "", "/", "../store/b", "b/.."] {
            assert_eq!(objects.get(bucket, "secret", None).err(), Some(no_bucket(bucket)));
            assert!(objects.list(bucket, "").is_err(), "{bucket:?}");
        }
    }

    #[test]
    fn keys_are_listed_in_the_order_of_s3_and_not_of_folders() {
        let (_folder, objects) = folder_with_bucket();
        for key in ["a/z", "a.txt", "a/b/c", "b", "a-1/x"] {
            objects.put("b", key, key.as_bytes()).unwrap();
        }
        let keys = |prefix| -> Vec<_> {
            objects.list("b", prefix).unwrap().map(|object| object.unwrap().key).collect()
        };
        assert_eq!(keys(""), ["a-1/x", "a.txt", "a/b/c", "a/z", "b"]);
        assert_eq!(keys("a/"), ["a/b/c", "a/z"]);
        assert_eq!(keys("a"), ["a-1/x", "a.txt", "a/b/c", "a/z"]);
        assert_eq!(keys("a/b"), ["a/b/c"]);
        assert!(keys("c").is_empty());
        let object = objects.list("b", "b").unwrap().next().unwrap().unwrap();
        assert_eq!((object.size, object.etag.as_str()), (1, "92eb5ffee6ae2fec3ad71c777531578f"));
        assert!(object.last_modified > 1.6e9);
    }

    #[test]
    fn what_is_missing_is_named() {
        let (_folder, objects) = folder_with_bucket();
        objects.put("b", "a/b", b"").unwrap();
        for key in ["none", "a", "a/b/c"] {
            assert_eq!(objects.get("b", key, None).err(), Some(no_key("b", key)));
        }
        assert_eq!(objects.upload("c", "k").err(), Some(no_bucket("c")));
    }

    #[test]
    fn an_upload_is_seen_when_it_is_finished_and_leaves_nothing_else() {
        let (folder, objects) = folder_with_bucket();
        let mut upload = objects.upload("b", "k").unwrap();
        let other = objects.upload("b", "k2").unwrap();
        upload.write_all(b"body").unwrap();
        assert_eq!(objects.list("b", "").unwrap().count(), 0);
        upload.finish().unwrap();
        drop(other);
        let mut body = String::new();
        objects.get("b", "k", None).unwrap().read_to_string(&mut body).unwrap();
        assert_eq!(body, "body");
        let left: Vec<_> = fs::read_dir(folder.path().join("store")).unwrap().collect();
        assert_eq!(left.len(), 1, "{left:?}");
    }

    #[cfg(unix)]
    #[test]
    fn a_circle_of_links_ends() {
        let (folder, objects) = folder_with_bucket();
        objects.put("b", "a/file", b"").unwrap();
        std::os::unix::fs::symlink(folder.path().join("store/b"), folder.path().join("store/b/a/again"))
            .unwrap();
        let keys: Vec<_> = objects.list("b", "").unwrap().map(|object| object.unwrap().key).collect();
        assert_eq!(keys, ["a/file"]);
    }
}
