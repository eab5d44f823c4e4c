"""The tidy tables, made from the raw files by one strict reader for each family of them."""

from seed.build.build import BuildReport, FileReport, build

__all__ = ["BuildReport", "FileReport", "build"]
