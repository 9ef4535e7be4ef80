use super::string_enum::string_enum;

string_enum! {
    /// The value of `QueryLanguage`: how a state reads its input and shapes its output.
    ///
    /// Stands on the machine (the default of all its states, nested ones included) or on one state.
    /// See [Query Languages](https://states-language.net/#querylanguage-field).
    QueryLanguage {
        /// Paths, payload templates with `.$` keys, intrinsic functions. The default.
        JsonPath = "JSONPath",
        /// Expressions between `{%` and `%}`.
        Jsonata = "JSONata",
    }
}

string_enum! {
    /// What kind of state machine AWS makes of a definition; chosen at creation, not written in the definition.
    WorkflowType {
        /// Up to a year, every step recorded, exactly once. The default.
        Standard = "STANDARD",
        /// Up to five minutes, many starts a second, at least once; no `.sync`, no callbacks, no activities.
        Express = "EXPRESS",
    }
}
