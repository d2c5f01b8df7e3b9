"""What is measured, served on the loopback as in production: gunicorn with one set of options, nginx in front."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).parent.parent
PEER = ROOT / "var" / "peer" / "bin" / "python"
WORKERS = (os.cpu_count() or 1) + 1
NGINX = """
worker_processes auto;
pid {folder}/pid;
error_log {folder}/errors;
daemon off;
{user}
events {{ worker_connections 1024; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    default_type text/html;
    proxy_cache_path {folder}/cache keys_zone=portail:10m max_size=500m inactive=1h;
    server {{
        listen {port} reuseport;
        location = /file {{ root {folder}; }}
        location / {{
            proxy_pass {behind};
            proxy_set_header Host 127.0.0.1;
            proxy_cache portail;
            proxy_cache_key $host$request_uri$http_accept_encoding;
            proxy_cache_bypass $http_cookie;
            proxy_no_cache $http_cookie;
            proxy_cache_revalidate on;
            proxy_cache_lock on;
            proxy_cache_use_stale error timeout updating http_503;
        }}
    }}
}}
"""


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@contextmanager
def gunicorn(application: str, python: Path | str = sys.executable, **environment: str) -> Iterator[str]:
    """Serve an application, and give its origin."""
    address = f"127.0.0.1:{free_port()}"
    with running(
        [str(python), "-m", "gunicorn", application, "--bind", address, "--workers", str(WORKERS), "--timeout", "60",
         "--log-level", "error"],
        address, **environment,
    ):  # fmt: skip
        yield f"http://{address}"


@contextmanager
def nginx(folder: Path, behind: str, file: bytes) -> Iterator[str]:
    """Serve a file at /file, and everything else from what stands behind, with the cache of docs/deploying.md."""
    address = f"127.0.0.1:{free_port()}"
    folder.mkdir()
    (folder / "file").write_bytes(file)
    user = "user root;" if os.getuid() == 0 else ""
    (folder / "conf").write_text(NGINX.format(folder=folder, port=address, behind=behind, user=user))
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    with running([program, "-c", str(folder / "conf"), "-e", str(folder / "errors")], address):
        yield f"http://{address}"


@contextmanager
def running(command: list[str], address: str, **environment: str) -> Iterator[None]:
    """Run a server until the measures are over."""
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ | environment)
    try:
        wait_for(f"http://{address}/", process)
        yield
    finally:
        process.terminate()
        process.wait()


def wait_for(url: str, process: subprocess.Popen) -> None:
    """Wait until a server answers anything at all."""
    for _ in range(300):
        if process.poll() is not None:
            raise SystemExit(f"{process.args} ended")
        try:
            urlopen(url, timeout=30).close()  # noqa: S310 an address of ours
        except URLError as error:
            if hasattr(error, "code"):  # it answers
                return
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"{url} does not answer")
