# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The words and the palette of the drawn scenes: kinds of things, grounds, skies, colours.

Data only. How a scene is put together is `scenes.py`; how it is painted is `painter.py`.
"""

from dataclasses import dataclass

RGB = tuple[float, float, float]

COLOURS: dict[str, RGB] = {
    "red": (204, 34, 32),
    "blue": (32, 84, 204),
    "yellow": (248, 206, 36),
    "white": (243, 243, 240),
    "green": (28, 148, 72),
    "purple": (134, 56, 172),
    "brown": (124, 74, 38),
    "black": (38, 36, 40),
}

PAINTED = ("red", "blue", "yellow", "white")
FUR = ("brown", "white", "black")


@dataclass(frozen=True, slots=True)
class Kind:
    """A thing that a scene can hold.

    `width` is the range of widths as a fraction of the picture's unit length, `tallness` the
    height divided by the width. `grounds` are the places where it stands, drives or floats;
    for a thing that `flies` they are the places over which it hangs in the air.
    """

    name: str
    plural: str
    colours: tuple[str, ...]
    grounds: tuple[str, ...]
    width: tuple[float, float]
    tallness: float
    flies: bool = False


EVERYWHERE = ("meadow", "beach", "lake", "snow", "desert", "road", "street")

# The order of this table is the order in which a caption names two kinds side by side.
KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "balloon",
            "balloons",
            ("red", "blue", "yellow", "green", "purple"),
            EVERYWHERE,
            (0.17, 0.25),
            1.35,
            flies=True,
        ),
        Kind(
            "kite",
            "kites",
            ("red", "blue", "yellow", "green", "purple"),
            ("meadow", "beach"),
            (0.15, 0.21),
            1.5,
            flies=True,
        ),
        Kind("house", "houses", PAINTED, ("meadow", "snow"), (0.24, 0.38), 0.9),
        Kind("tent", "tents", (*PAINTED, "purple"), ("meadow", "desert"), (0.22, 0.32), 0.66),
        Kind("horse", "horses", FUR, ("meadow",), (0.22, 0.32), 0.92),
        Kind("dog", "dogs", FUR, ("meadow", "beach", "snow"), (0.18, 0.26), 0.86),
        Kind("car", "cars", (*PAINTED, "green"), ("road", "street", "desert"), (0.25, 0.36), 0.42),
        Kind("bus", "buses", (*PAINTED, "green"), ("road", "street"), (0.30, 0.42), 0.48),
        Kind("sailboat", "sailboats", PAINTED, ("lake",), (0.19, 0.28), 1.2),
        Kind("boat", "boats", (*PAINTED, "green"), ("lake",), (0.23, 0.36), 0.4),
        Kind("swan", "swans", (), ("lake",), (0.17, 0.25), 0.86),
        Kind("umbrella", "umbrellas", (*PAINTED, "green"), ("beach",), (0.22, 0.30), 1.0),
        Kind("tree", "trees", (), ("meadow", "road"), (0.21, 0.30), 1.2),
        Kind("pine tree", "pine trees", (), ("snow",), (0.17, 0.23), 1.7),
        Kind("palm tree", "palm trees", (), ("beach",), (0.22, 0.30), 1.3),
        Kind("cactus", "cacti", (), ("desert",), (0.15, 0.20), 1.5),
        Kind("snowman", "snowmen", (), ("snow",), (0.15, 0.20), 1.6),
    )
}

# What would be hard to see, hence never drawn: the colour sinks into the ground.
CAMOUFLAGE: dict[str, frozenset[str]] = {
    "snow": frozenset({"white"}),
    "desert": frozenset({"yellow"}),
}


@dataclass(frozen=True, slots=True)
class Ground:
    """A place: how captions name it with things on it, under flying things, and empty."""

    name: str
    holding: str
    below: str
    empty: str


GROUNDS: dict[str, Ground] = {
    ground.name: ground
    for ground in (
        Ground("meadow", "in a meadow", "a meadow", "An empty meadow"),
        Ground("beach", "on a beach", "a beach", "An empty beach"),
        Ground("lake", "on a lake", "a lake", "A quiet lake"),
        Ground("snow", "in a snowy field", "a snowy field", "A snowy field"),
        Ground("desert", "in the desert", "the desert", "An empty desert"),
        Ground("road", "on a country road", "a country road", "An empty country road"),
        Ground("street", "on a city street", "a city street", "An empty city street"),
    )
}


@dataclass(frozen=True, slots=True)
class Sky:
    """A sky: the words for it, its gradient, and the light it throws on the land.

    `light` multiplies the colours below it, `sun` is the strength of cast shadows, `clouds` the
    share of the sky that clouds cover, `haze` how much far things fade.
    """

    name: str
    phrase: str
    zenith: RGB
    middle: RGB
    horizon: RGB
    light: RGB
    sun: float
    clouds: float = 0.0
    haze: float = 0.35
    night: bool = False


SKIES: dict[str, Sky] = {
    sky.name: sky
    for sky in (
        Sky(
            "clear",
            "under a clear blue sky",
            (38, 98, 190),
            (98, 158, 222),
            (196, 222, 238),
            (1.0, 1.0, 0.98),
            0.5,
        ),
        Sky(
            "cloudy",
            "under a cloudy sky",
            (74, 118, 176),
            (128, 160, 196),
            (204, 214, 222),
            (0.9, 0.92, 0.95),
            0.22,
            clouds=0.62,
        ),
        Sky(
            "rain",
            "in the rain",
            (84, 92, 106),
            (112, 120, 132),
            (148, 154, 162),
            (0.68, 0.71, 0.76),
            0.06,
            haze=0.6,
        ),
        Sky(
            "snowfall",
            "in falling snow",
            (142, 152, 168),
            (168, 177, 190),
            (206, 212, 220),
            (0.86, 0.89, 0.95),
            0.06,
            haze=0.65,
        ),
        Sky(
            "rainbow",
            "under a rainbow",
            (74, 104, 150),
            (126, 152, 186),
            (206, 216, 220),
            (0.97, 0.97, 0.94),
            0.35,
        ),
        Sky(
            "mist",
            "on a misty morning",
            (196, 203, 208),
            (214, 217, 217),
            (232, 229, 222),
            (0.96, 0.95, 0.93),
            0.05,
            haze=0.94,
        ),
        Sky(
            "sunset",
            "at sunset",
            (66, 78, 148),
            (222, 118, 108),
            (255, 190, 96),
            (1.0, 0.84, 0.74),
            0.42,
        ),
        Sky(
            "cloudy sunset",
            "under a cloudy sky at sunset",
            (72, 76, 134),
            (206, 112, 112),
            (255, 182, 98),
            (0.94, 0.8, 0.74),
            0.25,
            clouds=0.62,
        ),
        Sky(
            "stars",
            "under a starry sky at night",
            (8, 12, 38),
            (18, 28, 68),
            (50, 66, 110),
            (0.42, 0.48, 0.68),
            0.1,
            night=True,
        ),
        Sky(
            "moon",
            "under a full moon at night",
            (16, 26, 62),
            (34, 50, 96),
            (78, 96, 138),
            (0.52, 0.58, 0.76),
            0.3,
            night=True,
        ),
        Sky(
            "night rain",
            "in the rain at night",
            (20, 24, 34),
            (34, 39, 51),
            (62, 68, 82),
            (0.42, 0.46, 0.56),
            0.05,
            haze=0.6,
            night=True,
        ),
        Sky(
            "night snowfall",
            "in falling snow at night",
            (30, 36, 60),
            (50, 57, 84),
            (92, 100, 126),
            (0.52, 0.56, 0.7),
            0.05,
            haze=0.6,
            night=True,
        ),
    )
}

# Weather that does not happen there, or that could not be told apart there.
NO_SUCH_WEATHER: dict[str, frozenset[str]] = {
    "desert": frozenset({"rain", "snowfall", "rainbow", "mist", "night rain", "night snowfall"}),
    "beach": frozenset({"snowfall", "night snowfall"}),
    "snow": frozenset({"rain", "rainbow", "night rain"}),
    "lake": frozenset({"snowfall", "night snowfall"}),
    "meadow": frozenset({"snowfall", "night snowfall"}),
}
