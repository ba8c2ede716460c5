"""Templates of the house: autoescape on, and kept as code once they were compiled.

The compiled form lies in `__pycache__` beside the templates. Jinja stores the hash of a template's
source in it, and its name holds the hash of this module, because the options set here are compiled
in; so nothing old is ever run. Where nothing can be kept, templates are compiled in every process.
"""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from hashlib import blake2b
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import BytecodeCache, Environment

__all__ = ["own_file", "templates_of"]


@cache
def templates_of(package: str) -> Environment:
    """The templates that a package brings along, in its folder `templates`."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader(package),
        autoescape=True,
        undefined=StrictUndefined,
        bytecode_cache=_kept(package),
    )


@cache
def own_file(package: str, name: str) -> str:
    """A text beside the templates of a package, as it is."""
    return (resources.files(package) / "templates" / name).read_text(encoding="utf-8")


def _kept(package: str) -> BytecodeCache | None:
    """Where compiled templates lie; None where a package is no folder on disk."""
    from jinja2.bccache import Bucket, FileSystemBytecodeCache

    class Forgiving(FileSystemBytecodeCache):
        """A cache whose faults cost the time of compiling again, never a page."""

        def load_bytecode(self, bucket: Bucket) -> None:
            with suppress(Exception):  # cut short or spoilt: whatever unpickling raises
                super().load_bytecode(bucket)

        def dump_bytecode(self, bucket: Bucket) -> None:
            with suppress(OSError):
                Path(self.directory).mkdir(exist_ok=True)
                super().dump_bytecode(bucket)

    folder = resources.files(package) / "templates" / "__pycache__"
    if not isinstance(folder, Path):
        return None
    options = blake2b(Path(__file__).read_bytes(), digest_size=6).hexdigest()
    return Forgiving(str(folder), pattern=f"%s.{options}.code")
