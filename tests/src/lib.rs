//! asl-tests
