"""Pictures that somebody might send for a logo."""

import io
import struct
import zlib
from typing import Any

from PIL import Image, ImageDraw


def picture(mode: str = "RGB", kind: str = "PNG", size: tuple[int, int] = (600, 300), **said: Any) -> bytes:
    """Draw a disc in the middle of a blank page, and save it as ``said`` to Pillow."""
    image = Image.new("RGBA", size, (255, 255, 255, 0))
    width, height = size
    ImageDraw.Draw(image).ellipse((width // 4, height // 4, 3 * width // 4, 3 * height // 4), fill=(11, 79, 92, 255))
    flat = image if mode == "RGBA" else Image.alpha_composite(Image.new("RGBA", size, "white"), image).convert("RGB")
    file = io.BytesIO()
    flat.convert(mode).save(file, kind, **said)
    return file.getvalue()


def bomb(side: int) -> bytes:
    """Write a few bytes that say they are a picture of so many pixels a side."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )
