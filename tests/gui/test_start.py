# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The window is up before anything heavy is imported."""

from tests.quality.test_house_rules import imported_by


def test_the_window_imports_no_model_library() -> None:
    imported = imported_by("import phototagger.gui.app")
    assert not {"torch", "transformers", "huggingface_hub", "numpy", "PIL", "exifread"} & imported
