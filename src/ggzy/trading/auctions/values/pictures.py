"""标的的图片和平面图: what the owner shows of the object, and how large it is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Shape:
    """图片尺寸, in pixels, the right way up."""

    width: int
    height: int

    @property
    def turned(self) -> "Shape":
        return Shape(self.height, self.width)


@dataclass(frozen=True)
class Picture:
    """图片或平面图: by digest in the vault. `alt` says what is to be seen; a PDF has neither thumb nor shape."""

    name: str
    digest: str
    bytes: int
    alt: str
    thumb: str = ""
    shape: Shape | None = None
