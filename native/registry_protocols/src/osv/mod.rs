//! OSV.
