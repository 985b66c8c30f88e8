//! Archives are read in memory, under limits, and never touch the disk.
