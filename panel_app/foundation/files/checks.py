"""What `panel doctor` says of the cage in which evidence is read."""

from collections.abc import Iterator

from panel_app.foundation.checks import remark
from panel_app.foundation.files.launch import landlock_version


@remark("files.confinement")
def confinement() -> Iterator[str]:
    """Parsers of evidence may open their own file alone; told where the kernel can't hold them to it."""
    if not landlock_version():
        yield (
            "this kernel has no Landlock, so a parser of evidence that is taken over could read what this user can; "
            "its limits of time, memory and network hold (Linux 5.13 or later has it; a container may forbid it)"
        )
