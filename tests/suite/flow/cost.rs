//! Transitions, against machines written by hand.
