"""A portal with as many publications as wanted, for benchmarks."""
