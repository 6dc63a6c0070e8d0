"""The values of the numeric cards on convolution, from the numbers of their questions."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

_IMAGE = np.array([[1, 2, 0], [0, 1, 3], [2, 1, 1]], dtype=float)
_KERNEL = np.array([[1, -1], [2, 0]], dtype=float)


def _at(image: Array, kernel: Array, row: int, column: int) -> float:
    """Sum the products of the kernel and the window whose upper left corner is given."""
    height, width = kernel.shape
    return float((image[row : row + height, column : column + width] * kernel).sum())


def _side(side: int, kernel: int, stride: int, padding: int) -> float:
    """Count the places where the kernel fits along a padded side."""
    return float(len(range(0, side + 2 * padding - kernel + 1, stride)))


def _seen(kernels: list[int], strides: list[int]) -> float:
    """Go from one unit of the last layer back to the input."""
    side = 1
    for kernel, stride in zip(reversed(kernels), reversed(strides), strict=True):
        side = (side - 1) * stride + kernel
    return float(side)


VALUES: dict[str, float | dict[str, float]] = {
    "cnn-conv2d-entry": _at(_IMAGE, _KERNEL, 1, 0),
    "cnn-same-padding": float(next(p for p in range(9) if _side(50, 7, 1, p) == 50)),
    "cnn-output-size-stride": _side(224, 7, 2, 3),
    "cnn-receptive-field-strides": _seen([3, 3, 3], [2, 2, 2]),
    "cnn-resnet50-share": 100 * 101**2 / 224**2,
}

SLIPS: dict[str, tuple[float, ...]] = {
    "cnn-conv2d-entry": (_at(_IMAGE, _KERNEL[::-1, ::-1], 1, 0), _at(_IMAGE, _KERNEL, 0, 1)),
    "cnn-same-padding": (6, 7, 1, 3.5),
    "cnn-output-size-stride": (111, 109, 111.5, 112.5, 224),
    "cnn-receptive-field-strides": (_seen([3, 3, 3], [1, 1, 1]), 29, 9, 27),
    "cnn-resnet50-share": (100 * 101 / 224, 0.203, 100 * 33**2 / 224**2),
}
