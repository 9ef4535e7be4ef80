//! Items through the whole way: from a store to the stream.

use std::io::{self, Read, Seek, SeekFrom, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use asl_core::model::{CsvDelimiter, CsvHeaderLocation, InputType, ManifestType, ReaderTransformation};
use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use serde_json::json;

use super::text::BUFFER;
use super::*;
use crate::TaskError;
use crate::world::{Body, Listing, MemoryObjects, ObjectStore, Upload};

fn object(key: &str) -> Source {
    Source::Object { bucket: "b".to_owned(), key: key.to_owned(), version: None }
}

fn listing(prefix: &str) -> Source {
    Source::Listing { bucket: "b".to_owned(), prefix: prefix.to_owned() }
}

fn reader(source: Source, input_type: InputType) -> ItemReader {
    ItemReader {
        input_type: Some(input_type),
        csv_header_location: Some(CsvHeaderLocation::FirstRow),
        ..ItemReader::new(source)
    }
}

fn read(reader: &ItemReader, objects: &MemoryObjects) -> Result<Vec<Item>, Failure> {
    let objects: Rc<dyn ObjectStore> = Rc::new(objects.clone());
    items(reader, &objects)?.collect()
}

fn values(items: Vec<Item>) -> Vec<Value> {
    items.into_iter().map(|item| item.value).collect()
}

#[track_caller]
fn check(reader: &ItemReader, objects: &MemoryObjects, expected: Value) {
    assert_eq!(read(reader, objects).map(values).map(Value::from), Ok(expected));
}

#[track_caller]
fn refuses(reader: &ItemReader, objects: &MemoryObjects, cause: &str) {
    let failure = read(reader, objects).unwrap_err();
    assert_eq!((&*failure.error, failure.cause.as_str()), ("States.ItemReaderFailed", cause));
    assert_eq!(failure.location, None);
}

#[test]
fn each_input_type_has_its_reader() {
    let objects = MemoryObjects::new()
        .with("b", "rows.csv", "a;b\n1;2\n")
        .with("b", "list.json", r#"{"data": [1, [2]]}"#)
        .with("b", "lines.jsonl", "1\n[2]\n");
    let csv = ItemReader {
        csv_delimiter: Some(CsvDelimiter::Semicolon),
        ..reader(object("rows.csv"), InputType::Csv)
    };
    check(&csv, &objects, json!([{"a": "1", "b": "2"}]));
    let json = ItemReader {
        items_pointer: Some("/data".to_owned()),
        ..reader(object("list.json"), InputType::Json)
    };
    check(&json, &objects, json!([1, [2]]));
    check(&reader(object("lines.jsonl"), InputType::JsonLines), &objects, json!([1, [2]]));
}

#[test]
fn an_item_knows_its_source_and_its_key() {
    let objects = MemoryObjects::new().with("b", "map.json", r#"{"x": 1}"#);
    let items = read(&reader(object("map.json"), InputType::Json), &objects).unwrap();
    let expected = Item { value: json!(1), key: Some("x".to_owned()), source: Rc::from("S3://b/map.json") };
    assert_eq!(items, [expected]);
    assert_eq!(items[0].clone().into_input(), json!({"Key": "x", "Value": 1}));
}

#[test]
fn max_items_ends_the_items_and_zero_does_not() {
    let objects = MemoryObjects::new().with("b", "k", "[1, 2, 3]").with("b", "broken", "[1, 2, oops]");
    let limited =
        |key, max_items| ItemReader { max_items: Some(max_items), ..reader(object(key), InputType::Json) };
    check(&limited("k", 2), &objects, json!([1, 2]));
    check(&limited("k", 0), &objects, json!([1, 2, 3]));
    check(&limited("k", 100_000_001), &objects, json!([1, 2, 3]));
    check(&limited("broken", 2), &objects, json!([1, 2]));
    refuses(&limited("k", -1), &objects, "field MaxItems must be positive");
}

#[test]
fn after_a_fault_there_are_no_items() {
    let objects: Rc<dyn ObjectStore> = Rc::new(MemoryObjects::new().with("b", "k", "1\n{\n3\n"));
    let mut items = items(&reader(object("k"), InputType::JsonLines), &objects).unwrap();
    assert_eq!(items.next().unwrap().unwrap().value, json!(1));
    let failure = items.next().unwrap().unwrap_err();
    assert_eq!(failure.cause, "S3://b/k: line 2: not valid JSON: EOF while parsing an object");
    assert!(items.next().is_none());
}

#[test]
fn what_is_missing_is_named() {
    let objects = MemoryObjects::new().with_bucket("b");
    let json = reader(object("k"), InputType::Json);
    refuses(&json, &objects, "S3.NoSuchKeyException: there is no object `k` in the bucket `b`");
    refuses(&json, &MemoryObjects::new(), "S3.NoSuchBucketException: there is no bucket `b`");
    refuses(&ItemReader::new(object("k")), &objects, "ReaderConfig has no InputType");
    let given = ItemReader {
        csv_header_location: Some(CsvHeaderLocation::Given),
        ..reader(object("k"), InputType::Csv)
    };
    refuses(&given, &objects, "ReaderConfig has no CSVHeaders");
}

#[test]
fn the_words_of_the_service_stand_alone() {
    let objects = MemoryObjects::new().with("b", "k", "1").with("b", "c", "a,a\n");
    refuses(&reader(object("k"), InputType::Json), &objects, "Attempting to map over non-iterable node.");
    refuses(&reader(object("c"), InputType::Csv), &objects, "CSV headers cannot contain duplicates.");
}

#[test]
fn a_listing_gives_descriptions_of_the_objects() {
    let objects = MemoryObjects::new().with("b", "in/1", "one").with("b", "out/2", "");
    let items = read(&ItemReader::new(listing("in/")), &objects).unwrap();
    assert_eq!(&*items[0].source, "S3://b");
    let expected = json!([{
        "Etag": "f97c5d29941bfb1b2fdab0874906ab82",
        "Key": "in/1",
        "LastModified": 0,
        "Size": 3,
        "StorageClass": "STANDARD",
    }]);
    assert_eq!(Value::from(values(items)), expected);
}

#[test]
fn load_and_flatten_gives_what_stands_in_the_objects() {
    let objects = MemoryObjects::new()
        .with("b", "in/", "")
        .with("b", "in/1.csv", "a\n1\n2\n")
        .with("b", "in/2.csv", "b\n3\n")
        .with("b", "other", "");
    let mut reader = reader(listing("in/"), InputType::Csv);
    reader.transformation = Some(ReaderTransformation::LoadAndFlatten);
    let items = read(&reader, &objects).unwrap();
    let sources: Vec<_> = items.iter().map(|item| &*item.source).collect();
    assert_eq!(sources, ["S3://b/in/1.csv", "S3://b/in/1.csv", "S3://b/in/2.csv"]);
    assert_eq!(values(items), [json!({"a": "1"}), json!({"a": "2"}), json!({"b": "3"})]);
    reader.max_items = Some(2);
    check(&reader, &objects, json!([{"a": "1"}, {"a": "2"}]));
}

fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn compressed_files_are_known_by_their_extension() {
    let zstd = |text: &str| compress_to_vec(text.as_bytes(), CompressionLevel::Fastest);
    let skippable = b"\x50\x2a\x4d\x18\x03\x00\x00\x00abc".to_vec();
    let objects = MemoryObjects::new()
        .with("b", "1.jsonl.gz", [gzip("1\n"), gzip("2\n")].concat())
        .with("b", "2.jsonl.zst", [zstd("1\n"), skippable, zstd("2\n")].concat())
        .with("b", "3.jsonl.GZ", "1\n2\n");
    for key in ["1.jsonl.gz", "2.jsonl.zst"] {
        check(&reader(object(key), InputType::JsonLines), &objects, json!([1, 2]));
    }
    let not_compressed = read(&reader(object("3.jsonl.GZ"), InputType::JsonLines), &objects).unwrap_err();
    assert!(not_compressed.cause.starts_with("S3://b/3.jsonl.GZ: "), "{}", not_compressed.cause);
}

#[test]
fn an_s3_inventory_names_files_and_columns() {
    let manifest = json!({
        "sourceBucket": "source",
        "destinationBucket": "arn:aws:s3:::lists",
        "fileFormat": "CSV",
        "fileSchema": "Bucket, Key, Size",
        "files": [{"key": "data/1.csv.gz", "size": 1}, {"key": "data/2.csv.gz", "size": 1}],
    });
    let objects = MemoryObjects::new()
        .with("b", "manifest.json", manifest.to_string())
        .with("lists", "data/1.csv.gz", gzip("\"source\",\"a+b\",\"1\"\n"))
        .with("lists", "data/2.csv.gz", gzip("\"source\",\"c\",\"2\"\n"));
    let expected = json!([
        {"Bucket": "source", "Key": "a+b", "Size": "1"},
        {"Bucket": "source", "Key": "c", "Size": "2"},
    ]);
    check(&reader(object("manifest.json"), InputType::Manifest), &objects, expected.clone());
    let typed = ItemReader {
        manifest_type: Some(ManifestType::S3Inventory),
        ..ItemReader::new(object("manifest.json"))
    };
    check(&typed, &objects, expected);
    let objects = objects.with("b", "other", manifest.to_string().replace("CSV", "ORC")).with(
        "b",
        "broken",
        "{\"files\": []}",
    );
    refuses(
        &reader(object("other"), InputType::Manifest),
        &objects,
        "S3://b/other: names files in the format ORC, but only CSV can be read",
    );
    let broken = read(&reader(object("broken"), InputType::Manifest), &objects).unwrap_err().cause;
    assert!(broken.starts_with("S3://b/broken: not a manifest of S3 Inventory: missing field"), "{broken}");
}

#[test]
fn a_manifest_of_athena_names_files() {
    let objects = MemoryObjects::new()
        .with("b", "manifest.csv", "s3://data/x/1\r\ns3://data/x/2\n")
        .with("b", "broken.csv", "s3://data/x/1\n\nx/2\n")
        .with("data", "x/1", "1\n")
        .with("data", "x/2", "2\n");
    let athena = |key| ItemReader {
        manifest_type: Some(ManifestType::AthenaData),
        ..reader(object(key), InputType::JsonLines)
    };
    check(&athena("manifest.csv"), &objects, json!([1, 2]));
    let cause = "S3://b/broken.csv: line 3: not a URI such as s3://bucket/key";
    refuses(&athena("broken.csv"), &objects, cause);
}

#[test]
fn parquet_is_read_or_named_as_missing() {
    let objects = MemoryObjects::new().with("b", "k", "no Parquet");
    let cause = read(&reader(object("k"), InputType::Parquet), &objects).unwrap_err().cause;
    let expected =
        if cfg!(feature = "parquet") { "not a Parquet file" } else { "only if asl-local is built" };
    assert!(cause.contains(expected), "{cause}");
}

#[test]
fn the_state_itself_may_have_the_items() {
    let of = |value: Value| ItemStream::of_state_data(&Data::from(value));
    let items: Vec<_> = of(json!([1, "x"])).unwrap().map(Result::unwrap).collect();
    assert!(items.iter().all(|item| &*item.source == "STATE_DATA" && item.key.is_none()));
    assert_eq!(values(items), [json!(1), json!("x")]);
    let items: Vec<_> = of(json!({"b": 1, "a": 2})).unwrap().map(|item| item.unwrap().key).collect();
    assert_eq!(items, [Some("b".to_owned()), Some("a".to_owned())]);
    assert!(of(json!("text")).is_none());
}

proptest! {
    #[test]
    fn no_bytes_make_a_reader_panic_or_run_on(
        bytes in prop_oneof![
            proptest::collection::vec(any::<u8>(), 0..60),
            r#"[\[\]{},:"\\ 01a\n-]{0,60}"#.prop_map(String::into_bytes),
        ],
        pointer in proptest::option::of("(/[0-1a]{0,2}){0,3}"),
        key in proptest::sample::select(vec!["k", "k.gz", "k.zst"]),
    ) {
        let most = bytes.len() + 1;
        let objects = MemoryObjects::new().with("b", key, bytes);
        for &input_type in InputType::ALL {
            for manifest_type in [None, Some(ManifestType::AthenaData), Some(ManifestType::S3Inventory)] {
                let reader = ItemReader {
                    manifest_type,
                    items_pointer: pointer.clone(),
                    ..reader(object(key), input_type)
                };
                let objects: Rc<dyn ObjectStore> = Rc::new(objects.clone());
                if let Ok(items) = items(&reader, &objects) {
                    prop_assert!(items.count() <= most);
                }
            }
        }
    }
}

const LINES: u64 = 1_000_000;
const HEADER: &str = "id,name\n";

/// A file that is made up while it is read.
struct MadeUp {
    line: u64,
    rest: Vec<u8>,
    given: Arc<AtomicU64>,
}

impl Read for MadeUp {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.rest.is_empty() && self.line < LINES {
            self.rest = format!("{0:07},name{0:07}\n", self.line).into_bytes();
            self.line += 1;
        }
        let count = self.rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&self.rest[..count]);
        self.rest.drain(..count);
        self.given.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

impl Seek for MadeUp {
    fn seek(&mut self, _: SeekFrom) -> io::Result<u64> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

struct MadeUpStore {
    given: Arc<AtomicU64>,
}

impl ObjectStore for MadeUpStore {
    fn get(&self, _: &str, _: &str, _: Option<&str>) -> Result<Box<dyn Body>, TaskError> {
        Ok(Box::new(MadeUp { line: 0, rest: HEADER.into(), given: Arc::clone(&self.given) }))
    }

    fn list(&self, _: &str, _: &str) -> Result<Listing, TaskError> {
        Err(TaskError::default())
    }

    fn upload(&self, _: &str, _: &str) -> Result<Box<dyn Upload>, TaskError> {
        Err(TaskError::default())
    }
}

#[test]
fn a_million_lines_are_never_read_further_ahead_than_a_buffer() {
    let given = Arc::new(AtomicU64::new(0));
    let objects: Rc<dyn ObjectStore> = Rc::new(MadeUpStore { given: Arc::clone(&given) });
    let items = items(&reader(object("k"), InputType::Csv), &objects).unwrap();
    assert_eq!(given.load(Ordering::Relaxed), 0, "nothing is read before an item is asked for");
    let mut count = 0;
    for item in items {
        let item = item.unwrap();
        count += 1;
        let used = HEADER.len() as u64 + count * 20;
        let ahead = given.load(Ordering::Relaxed) - used;
        assert!(ahead <= BUFFER as u64, "{ahead} bytes ahead after {count} items");
        assert_eq!(item.value["id"].as_str().map(str::len), Some(7));
    }
    assert_eq!(count, LINES);
}
