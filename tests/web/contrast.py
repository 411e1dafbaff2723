"""OKLCH to sRGB to WCAG contrast, so that the tokens can be measured without a browser."""

import math

Colour = tuple[float, float, float]


def contrast(one: Colour, other: Colour) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(oklch: Colour) -> float:
    red, green, blue = linear_srgb(oklch)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear_srgb(oklch: Colour) -> Colour:
    """The matrices of Björn Ottosson's OKLab; clipped, as a browser's screen would."""
    lightness, chroma, hue = oklch
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short
    return clip(red), clip(green), clip(blue)


def clip(value: float) -> float:
    return min(1.0, max(0.0, value))
