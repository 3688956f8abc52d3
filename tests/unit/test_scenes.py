# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The drawn scenes: the same for the same seed, truthful captions, nothing hidden."""

import random
import re
from itertools import combinations

import numpy as np
import pytest
from PIL import Image

from phototagger.demo.exam import questions
from phototagger.demo.painter import item_box
from phototagger.demo.scenes import COUNT_WORDS, Scene, random_scene
from phototagger.demo.vocabulary import COLOURS, GROUNDS, KINDS, SKIES

NOUNS = sorted((name for kind in KINDS.values() for name in (kind.name, kind.plural)), key=len)
THING = (
    rf"(?:{'|'.join(COUNT_WORDS).lower()})"
    rf"(?: (?:{'|'.join(COLOURS)}))?"
    rf" (?:{'|'.join(reversed(NOUNS))})"
)
PLACES = "|".join(ground.holding for ground in GROUNDS.values())
BELOW = "|".join(ground.below for ground in GROUNDS.values())
EMPTY = "|".join(ground.empty.lower() for ground in GROUNDS.values())
PHRASES = "|".join(sky.phrase for sky in SKIES.values())
GRAMMAR = re.compile(
    rf"(?:{THING}(?: above {THING}| and {THING})? (?:{PLACES})|{THING} over (?:{BELOW})|{EMPTY})"
    rf" (?:{PHRASES})"
)


def scenes(count: int, seed: int = 1) -> list[Scene]:
    rng = random.Random(seed)
    return [random_scene(rng) for _ in range(count)]


def test_the_same_seed_gives_the_same_scenes_and_pixels():
    first, second = scenes(12, seed=5), scenes(12, seed=5)
    assert first == second
    for one, other in zip(first, second, strict=True):
        assert one.draw(120, 90).tobytes() == other.draw(120, 90).tobytes()
    assert scenes(12, seed=6) != first


def test_every_caption_follows_the_grammar():
    for scene in scenes(3000):
        caption = scene.caption
        assert GRAMMAR.fullmatch(caption[0].lower() + caption[1:]), caption
        assert caption[0].isupper()
        assert caption[1:] == caption[1:].lower()
        assert caption == " ".join(caption.split())
        assert len(caption) <= 200
        assert not caption.endswith(".")


def test_captions_say_what_the_scene_holds():
    for scene in scenes(2000):
        assert len(scene.items) == sum(group.count for group in scene.groups)
        for group in scene.groups:
            members = [item for item in scene.items if item.kind == group.kind]
            assert len(members) == group.count
            assert {item.colour for item in members} == {group.colour}
            assert group.words.lower() in scene.caption.lower()
        assert SKIES[scene.sky].phrase in scene.caption


def test_every_word_of_the_vocabulary_is_drawn_sometime():
    drawn = scenes(3000)
    assert {scene.ground for scene in drawn} == set(GROUNDS)
    assert {scene.sky for scene in drawn} == set(SKIES)
    assert {item.kind for scene in drawn for item in scene.items} == set(KINDS)
    assert {item.colour for scene in drawn for item in scene.items} - {None} == set(COLOURS)
    assert {group.count for scene in drawn for group in scene.groups} == {1, 2, 3, 4}


@pytest.mark.parametrize("size", [(1600, 1200), (1200, 1600), (1280, 720), (800, 1200), (96, 96)])
def test_things_lie_inside_the_picture_and_hide_nothing(size: tuple[int, int]):
    width, height = size
    for scene in scenes(1500, seed=9):
        fliers = any(KINDS[item.kind].flies for item in scene.items)
        boxes = [item_box(item, size, below_fliers=fliers) for item in scene.items]
        for left, top, right, bottom in boxes:
            assert left >= 0
            assert top >= 0
            assert right <= width
            assert bottom <= height
            # Five of the models' 96 pixels: less is too little to be told apart.
            assert min((right - left) / width, (bottom - top) / height) >= 0.05
        for one, other in combinations(boxes, 2):
            apart = one[2] <= other[0] or other[2] <= one[0]
            # The tip of a tree may touch the basket of a balloon, no more.
            above = min(one[3], other[3]) - max(one[1], other[1]) <= 0.02 * height
            assert apart or above


@pytest.mark.parametrize("size", [(96, 96), (131, 200), (640, 480), (300, 900)])
def test_any_size_can_be_drawn(size: tuple[int, int]):
    picture = scenes(1, seed=3)[0].draw(*size)
    assert picture.size == size
    assert picture.mode == "RGB"


def test_a_scene_looks_the_same_at_every_size():
    for scene in scenes(10, seed=11):
        small = scene.draw(160, 120).resize((40, 30), Image.Resampling.BOX)
        large = scene.draw(640, 480).resize((40, 30), Image.Resampling.BOX)
        difference = np.abs(np.asarray(small, float) - np.asarray(large, float))
        assert difference.mean() < 6, scene.caption


def test_exam_questions_are_jpegs_and_repeatable():
    first, second = list(questions(2, seed=4)), list(questions(2, seed=4))
    assert first == second
    for question in first:
        assert question.jpeg.startswith(b"\xff\xd8\xff")
        assert question.image.mode == "RGB"
        assert max(question.image.size) >= 640
    assert next(questions(1, seed=5)) != first[0]
