//! asl-examples
