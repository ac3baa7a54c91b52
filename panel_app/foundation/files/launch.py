"""Sets limits on itself and becomes the command: `python launch.py CPU MEMORY OUTPUT COMMAND…`. Standard library only.

A process of its own, because what runs between fork and exec of a server with threads may hang.
"""

import ctypes
import os
import platform
import resource
import struct
import sys

_PR_SET_PDEATHSIG, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 1, 22, 38
_SIGKILL = 9
_FILTER_MODE = 2
# (audit architecture, number of `socket`) by machine; io_uring_setup has one number everywhere.
_CALLS = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
_IO_URING_SETUP = 425
_X32_CALLS = 0x40000000
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | 1  # the refusal reads as EPERM
_OPEN_FILES = 128


def set_limits(cpu_seconds: int, memory_bytes: int, output_bytes: int) -> None:
    """Limit this process and its children. A second after the limit of CPU time the kernel ends it for good."""
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_FSIZE, (output_bytes, output_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (_OPEN_FILES, _OPEN_FILES))


def refuse_network() -> bool:
    """Refuse new sockets and end with the parent; says whether the kernel took the rule (Linux on x86-64, ARM64)."""
    calls = _CALLS.get(platform.machine())
    if sys.platform != "linux" or calls is None:
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    rules = _rules(*calls)
    code = ctypes.create_string_buffer(b"".join(rules))
    program = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(rules), ctypes.addressof(code)))
    return bool(libc.prctl(_PR_SET_SECCOMP, _FILTER_MODE, program, 0, 0) == 0)


def _rules(architecture: int, socket_call: int) -> list[bytes]:
    def rule(code: int, value: int, if_so: int = 0, if_not: int = 0) -> bytes:
        return struct.pack("HBBI", code, if_so, if_not, value)

    return [
        rule(_LOAD, 4),  # the architecture
        rule(_EQUAL, architecture, 0, 5),
        rule(_LOAD, 0),  # the number of the call
        rule(_AT_LEAST, _X32_CALLS, 3, 0),
        rule(_EQUAL, socket_call, 2, 0),
        rule(_EQUAL, _IO_URING_SETUP, 1, 0),
        rule(_RETURN, _ALLOW),
        rule(_RETURN, _REFUSE),
    ]


if __name__ == "__main__":
    set_limits(*(int(number) for number in sys.argv[1:4]))
    refuse_network()
    os.execv(sys.argv[4], sys.argv[4:])  # noqa: S606  no shell is wanted
