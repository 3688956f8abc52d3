# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""PhotoTagger: watch photo folders, describe each picture, write the caption, find it."""

import os

# torch's threads wait for each other by spinning unless told otherwise before torch is imported.
# On a machine that does anything else at the same time (our own decoding included) a spinning
# thread keeps the one it waits for off the processor: a small model took 860 ms a photo instead
# of 150 with one of two cores busy.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
# numpy's matrices here are sentence-sized: shared among threads that spin, a caption's vector cost
# 14.0 ms of processor time instead of 6.7 (two cores, batches of 32). Read when numpy is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

__version__ = "0.1.0"
