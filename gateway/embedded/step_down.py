"""Becomes a server: a lesser user, a signal for when its parent dies, then exec. A script, free of imports of ours.

    step_down.py run PARENT SIGNAL UID GID CAPABILITY PROGRAM [ARGUMENT …]
    step_down.py reach UID GID CAPABILITY FOLDER …      prints 1 or 0 for each folder

UID -1 keeps the user. CAPABILITY is one number kept across the change of user, or 0 for none.
"""

import ctypes
import os
import sys

PR_SET_PDEATHSIG, PR_SET_SECUREBITS, PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE = 1, 28, 47, 2
SECBIT_NO_SETUID_FIXUP = 1 << 2
"""The change of user leaves capabilities alone, and access(2), with which initdb looks for its programs, heeds them."""
CAPABILITY_VERSION_3 = 0x20080522

libc = ctypes.CDLL(None, use_errno=True)


def check(answer: int) -> None:
    if answer != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def become(uid: int, gid: int, capability: int) -> None:
    if uid < 0:
        return
    if capability:
        check(libc.prctl(PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP, 0, 0, 0))
    os.setgroups([])
    os.setresgid(gid, gid, gid)
    os.setresuid(uid, uid, uid)
    if capability:
        keep_only(capability)


def keep_only(capability: int) -> None:
    """Keep one capability, also over exec; all others went or go here."""
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    low = 1 << capability
    data = (ctypes.c_uint32 * 6)(low, low, low, 0, 0, 0)
    check(libc.capset(header, data))
    check(libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability, 0, 0))


def reached(folder: str) -> bool:
    return os.access(f"{folder}/.", os.X_OK)


def main(mode: str, *rest: str) -> None:
    if mode == "reach":
        become(int(rest[0]), int(rest[1]), int(rest[2]))
        sys.stdout.write("".join("1" if reached(folder) else "0" for folder in rest[3:]))
        return
    parent, signal, uid, gid, capability = (int(number) for number in rest[:5])
    become(uid, gid, capability)
    check(libc.prctl(PR_SET_PDEATHSIG, signal, 0, 0, 0))  # after the change of user, which clears it
    if os.getppid() != parent:
        sys.exit("The parent has gone already.")
    os.execv(rest[5], rest[5:])  # noqa: S606  # a program of our own wheels, no shell


if __name__ == "__main__":
    main(*sys.argv[1:])
