# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The remote captioner: any server that speaks the chat protocol of OpenAI.

The only part of PhotoTagger that sends anything of a photo anywhere; off until a person sets it
up under `[remote]` in the settings *and* names the model `remote`.
"""
