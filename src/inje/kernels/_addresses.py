"""Randomness by address: every draw is a pure function of where it stands.

A world's key comes from the seed and the world's number, a stream's from the world's key and
the stable hash of a name, a piece's from the stream's key, the tick and the piece. Within a
piece the marks are the successive outputs of a small chaotic generator (sfc32 of Doty-Humphrey,
PractRand, 2014) that starts from the piece's key; everything else is read by position
through the finalizer of splitmix64 (Steele, Lea and Flood, 2014,
Fast splittable pseudorandom number generators, OOPSLA).
"""

from __future__ import annotations

from hashlib import blake2b

import numpy as np

from inje.kernels._compiler import compiled, inner

__all__ = [
    "GOLDEN",
    "first_words",
    "mix",
    "name_key",
    "number_key",
    "piece_key",
    "stream_key",
    "uniform_at",
    "uniforms",
    "words_key",
    "world_key",
]

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_HALF = np.uint64(32)
_WORDS = np.uint64(0xE7037ED1A0B428DB)
_WORLD = np.uint64(0xD1B54A32D192ED03)
_TWENTY = np.uint64(20)
_NUMBER = np.uint64(0xA0761D6478BD642F)


def name_key(name: str) -> int:
    """Stable 64-bit hash of a name, the same in every process and on every machine."""
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "little")


@inner
def mix(z):
    """Finalizer of splitmix64: a bijection of 64 bits that scatters them."""
    z = np.uint64(z)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


@inner
def world_key(seed, world):
    """Key of one world under a seed."""
    return mix(mix(np.uint64(seed) + _WORLD) + GOLDEN * (np.uint64(world) + np.uint64(1)))


@inner
def stream_key(world, name):
    """Key of a named stream of a world; `world` is its key, `name` the name's hash."""
    return mix(world ^ np.uint64(name))


@inner
def piece_key(stream, tick, piece):
    """Key of a piece of a tick of a stream."""
    at = (np.uint64(tick) << _TWENTY) + np.uint64(piece) + np.uint64(1)
    return mix(stream + GOLDEN * at)


@inner
def number_key(piece):
    """The word that decides how many candidates a piece has."""
    return mix(piece ^ _NUMBER)


@inner
def words_key(piece):
    """The second word of the state from which a piece's marks start; the first is its key."""
    return mix(piece ^ _WORDS)


@inner
def uniform_at(key, position):
    """Number in (0, 1) at a position of a stream, 53 bits."""
    z = mix(key + GOLDEN * (np.uint64(position) + np.uint64(1)))
    return (np.float64(z >> np.uint64(11)) + 0.5) * (1.0 / 9007199254740992.0)


@inner
def first_words(piece):
    """The four words of 32 bits from which a piece's marks start."""
    second = words_key(piece)
    return (
        np.uint32(piece),
        np.uint32(piece >> _HALF),
        np.uint32(second),
        np.uint32(second >> _HALF),
    )


@compiled
def uniforms(seed, worlds, name, out):
    """Fill `out` (W,) with the worlds' numbers in (0, 1) of one named parameter.

    worlds : (W,) uint64, numbers (or block keys) of the worlds.
    """
    for i in range(len(worlds)):
        key = stream_key(world_key(seed, worlds[i]), name)
        out[i] = (np.float64(key >> np.uint64(11)) + 0.5) * (1.0 / 9007199254740992.0)
