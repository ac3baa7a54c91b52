"""Sets limits on itself and becomes the command: `python launch.py CPU MEMORY OUTPUT REACH COMMAND…`.

REACH is JSON: `{"read": [paths], "write": [paths]}`, the files and folders that the command may open, or null for all.
Standard library only.

A process of its own, because what runs between fork and exec of a server with threads may hang.
"""

import ctypes
import json
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
# Landlock (Linux 5.13 and later): its calls have the same numbers everywhere, its rights are bits of a mask.
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_VERSION_FLAG, _BENEATH_PATH = 1, 1
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR, _TRUNCATE = 1, 2, 4, 8, 1 << 14
_RIGHTS_BY_VERSION = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1}
_ALL_RIGHTS = (1 << 16) - 1
_SCOPES = 0b11  # no signal and no abstract socket to a process outside
_OF_A_FILE = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE


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


def landlock_version() -> int:
    """Which version of Landlock the kernel has; 0 where it has none, or lets nobody use it."""
    if sys.platform != "linux" or platform.machine() not in _CALLS:
        return 0
    version = ctypes.CDLL(None).syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), _VERSION_FLAG)
    return max(int(version), 0)


def confine(readable: list[str], writable: list[str]) -> bool:
    """Let this process and its children open nothing but these paths; says whether the kernel can do that.

    Raises OSError where it can and something goes wrong: a parser never runs with less than was asked for.
    """
    version = landlock_version()
    if not version:
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    rights = _RIGHTS_BY_VERSION.get(version, _ALL_RIGHTS if version >= 5 else _RIGHTS_BY_VERSION[3])
    asked = struct.pack("QQQ", rights, 0, _SCOPES)[: 24 if version >= 6 else 8]
    rules = _checked(libc.syscall(_CREATE_RULESET, asked, ctypes.c_size_t(len(asked)), 0))
    for path in readable:
        _allow(libc, rules, path, rights & (_EXECUTE | _READ_FILE | _READ_DIR))
    for path in writable:
        _allow(libc, rules, path, rights & (_READ_FILE | _WRITE_FILE | _TRUNCATE))
    _checked(libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
    _checked(libc.syscall(_RESTRICT_SELF, rules, 0))
    os.close(rules)
    return True


def _allow(libc: ctypes.CDLL, rules: int, path: str, rights: int) -> None:
    """Add one path, with what is beneath it if it is a folder; a path that isn't there needs no right."""
    try:
        opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    is_folder = os.path.isdir(path)
    rule = struct.pack("=Qi", rights if is_folder else rights & _OF_A_FILE, opened)
    _checked(libc.syscall(_ADD_RULE, rules, _BENEATH_PATH, rule, 0))
    os.close(opened)


def _checked(answer: int) -> int:
    if answer < 0:
        raise OSError(ctypes.get_errno(), "the kernel refused to confine this process")
    return answer


if __name__ == "__main__":
    set_limits(*(int(number) for number in sys.argv[1:4]))
    refuse_network()
    if (reach := json.loads(sys.argv[4])) is not None:
        confine(reach["read"], reach["write"])
    os.execv(sys.argv[5], sys.argv[5:])  # noqa: S606  no shell is wanted
