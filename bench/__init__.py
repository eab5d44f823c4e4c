"""Benchmarks, and the peers that they are run against: a room of its own, which nothing else imports."""
