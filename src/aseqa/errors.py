"""Errors that a user can act on; each message says what, where and what to do.

AseqaError
 ├─ ReadError        a file cannot be read
 ├─ BadSettings      a flag, a variable or a settings file is wrong
 ├─ BackendMissing   a library or a model is not installed
 ├─ IndexMissing     there is no index at that place
 ├─ IndexMismatch    the index was made by another format or encoder
 ├─ IndexBusy        another process is writing the index
 ├─ IndexUnwritable  the index's folder or disk takes nothing more
 └─ NothingBefore    the index has no earlier generation to return to
"""

from __future__ import annotations


class AseqaError(Exception):
    """Parent of all errors that aseqa raises on purpose."""


class ReadError(AseqaError):
    """A file cannot be read."""


class BadSettings(AseqaError):
    """A flag, an environment variable or a settings file is wrong."""


class BackendMissing(AseqaError):
    """A library or a model that the settings name is not installed."""


class IndexMissing(AseqaError):
    """There is no index at that place."""


class IndexMismatch(AseqaError):
    """The index was made by another format or another encoder."""


class IndexBusy(AseqaError):
    """Another process is writing the index."""


class IndexUnwritable(AseqaError):
    """The index's folder may not be written, or its disk is full."""


class NothingBefore(AseqaError):
    """The index has no earlier generation to return to."""
