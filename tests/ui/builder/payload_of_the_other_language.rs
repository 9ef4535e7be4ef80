//! Paths belong to payload templates, expressions to JSONata.

use asl_core::jsonata::{self, jsonata, payload};
use asl_core::jsonpath::{self, intrinsic, path, template};

fn main() {
    template().set("a", jsonata("$a"));
    payload().set("a", path("$.a"));
    payload().set("a", intrinsic::uuid());
    jsonpath::Task::new("${Arn}", jsonpath::end()).parameters(payload());
    jsonata::Pass::new(jsonata::end()).output(template());
    jsonata::Catcher::all("A").assign(template());
}
