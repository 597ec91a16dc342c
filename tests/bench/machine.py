"""This computer -> words. Where was it measured?"""

import os
import platform
import re
import subprocess
from pathlib import Path


def machine() -> dict[str, str]:
    """What the figures depend on besides the programs."""
    cpu = _found(r"^model name\s*: (.+)$", Path("/proc/cpuinfo"))
    memory = _found(r"^MemTotal:\s+(\d+) kB$", Path("/proc/meminfo"))
    return {
        "процессор": f"{cpu or platform.machine()}, ядер: {os.cpu_count()}",
        "память": f"{int(memory) / 2**20:.0f} ГиБ" if memory else "?",
        "система": f"{platform.system()} {platform.release()}",
        "Python": platform.python_version(),
        "Node": _said("node", "--version"),
        "Chromium": _said("chromium", "--version"),
        "диск": _said("stat", "-f", "-c", "%T", "."),
    }


def load() -> float:
    """How many programs want the processor now, over the last minute."""
    return round(os.getloadavg()[0], 1)


def _found(pattern: str, file: Path) -> str:
    found = re.search(pattern, file.read_text(), re.M) if file.exists() else None
    return found[1] if found else ""


def _said(*command: str) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return "нет"
    return done.stdout.strip().partition("\n")[0] or "нет"
