"""PostgreSQL's settings by the size of the machine."""

import os
from pathlib import Path

MEGABYTE = 1024 * 1024
SMALLEST_MEMORY = 512 * MEGABYTE


def tuned(memory: int | None = None) -> dict[str, str]:
    """Settings for a server on a machine with `memory` bytes, shared with the web and queue processes."""
    memory = max(memory or machine_memory(), SMALLEST_MEMORY)
    return {
        "listen_addresses": "''",
        "unix_socket_permissions": "0700",
        "max_connections": "100",
        "shared_buffers": _megabytes(memory // 5, 128, 8192),
        "effective_cache_size": _megabytes(memory * 3 // 5, 256, 65536),
        "work_mem": _megabytes(memory // 512, 4, 64),
        "maintenance_work_mem": _megabytes(memory // 24, 32, 1024),
        "random_page_cost": "1.1",
        # An import touches pages all over; after a checkpoint each goes to the log whole, so that a second
        # one within it would write them twice. Its log comes in gusts that 16 MB don't hold.
        "max_wal_size": _megabytes(memory // 4, 512, 8192),
        "wal_buffers": _megabytes(memory // 256, 4, 64),
        "min_wal_size": "128MB",
        # Whole pages go to the log after a checkpoint. The wheel's PostgreSQL knows only pglz, which takes
        # 0.1 ms for each: more than all other work of an imported row.
        "wal_compression": "off",
        "checkpoint_timeout": "'15min'",
        # Pages are many small questions: compiling or fanning one out costs more than it saves.
        "jit": "off",
        "max_parallel_workers_per_gather": "0",
        "max_parallel_maintenance_workers": "2" if _has_shared_memory() else "0",
        # Tables by month: a statement may touch many partitions.
        "max_locks_per_transaction": "256",
        "autovacuum_naptime": "'20s'",
        "autovacuum_vacuum_scale_factor": "0.05",
        "autovacuum_vacuum_insert_scale_factor": "0.1",
        "autovacuum_analyze_scale_factor": "0.02",
        "timezone": "'UTC'",
        "log_timezone": "'UTC'",
        "logging_collector": "on",
        "log_directory": "'log'",
        "log_filename": "'postgresql-%a.log'",
        "log_truncate_on_rotation": "on",
        "log_rotation_age": "'1d'",
    }


def machine_memory() -> int:
    """Bytes that this machine, or the container we are in, may use."""
    physical = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    limit = Path("/sys/fs/cgroup/memory.max")
    try:
        allowed = limit.read_text().strip()
    except OSError:
        return physical
    return min(physical, int(allowed)) if allowed.isdigit() else physical


def _megabytes(size: int, least: int, most: int) -> str:
    return f"{min(max(size // MEGABYTE, least), most)}MB"


def _has_shared_memory() -> bool:
    # Building an index on several cores shares memory there; a container often has 64 MB of it.
    try:
        room = os.statvfs("/dev/shm")  # noqa: S108 (asked for its size only)
    except OSError:
        return True
    return room.f_frsize * room.f_blocks >= 1024 * MEGABYTE
