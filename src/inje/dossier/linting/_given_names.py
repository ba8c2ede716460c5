"""Given names and endings of family names, to notice names printed in the wrong order.

A short list of frequent given names of several languages; endings of family names after
Hanks (2003), Dictionary of American Family Names, introduction. Only a hint for an editor.
"""

from __future__ import annotations

import re

__all__ = ["GIVEN_NAMES", "looks_like_family"]

GIVEN_NAMES = frozenset(
    "John William James George Charles Robert Thomas Henry Edward Richard David Michael Peter Paul "
    "Mark Stephen Steven Andrew Christopher Daniel Joseph Patrick Anthony Kenneth Brian Kevin "
    "Jonathan Nicholas Timothy Matthew Jeffrey Gary Eric Philip Frank Raymond Gregory Samuel "
    "Benjamin Jack Dennis Jerry Alexander Tyler Aaron Adam Nathan Douglas Zachary Kyle Walter Ethan "
    "Jeremy Harold Keith Roger Gerald Carl Terry Sean Austin Arthur Lawrence Jesse Dylan Bryan Joe "
    "Jordan Billy Bruce Albert Willie Gabriel Logan Alan Juan Wayne Roy Ralph Randy Eugene Vincent "
    "Russell Louis Bobby Johnny Mary Patricia Jennifer Linda Elizabeth Barbara Susan Jessica Sarah "
    "Karen Nancy Lisa Margaret Betty Sandra Ashley Dorothy Kimberly Emily Donna Michelle Carol "
    "Amanda Melissa Deborah Stephanie Rebecca Laura Sharon Cynthia Kathleen Amy Angela Shirley Anna "
    "Jean Pierre Jacques Henri Michel Philippe François Claude André Hans Karl Friedrich Wilhelm "
    "Heinrich Otto Fritz Klaus Wolfgang Günther Giovanni Giuseppe Luigi Antonio Mario Carlo Franco "
    "Giulio Ivan Vladimir Sergei Sergey Nikolai Mikhail Alexei Andrei Yuri Dmitri Dmitry Boris Igor "
    "Oleg Viktor Anatoly Mehmet Mustafa Ahmet Ali Hasan Hüseyin Ibrahim İbrahim Ismail Mohammad "
    "Mohammed Muhammad Ahmad Reza Hossein Hassan Mehdi Javad Amir Jamil Jafar Mahmoud Nader Cyrus "
    "Dariush Farhad Homa Nikki Stephanie Yitzhak Moshe Yosef Avi Levi Shimon Kenji Hiroshi Takeshi "
    "Masanori Yoshi Akira Satoshi Henrik Lars Erik Sven Anders Björn Jan Pavel Tomáš Jiří Andrzej "
    "Piotr Paweł Jerzy Stanisław José Manuel Carlos Luis Miguel Francisco Pedro Fernando Rafael "
    "Touraj Ervand Homayoun Bahram Parviz Manuchehr Iraj Siavash Ramin Babak".split()
)
_FAMILY = re.compile(
    r"(?:[^\W\d_]{2,}(?:ski|sky|skii|ov|ova|ev|eva|enko|chuk|ian|yan|dze|shvili|zadeh|zade|pour|nejad|"
    r"oğlu|oglu|aki|ani|avi|vari|ezi|ashi|li|lı|lu|sson|sen|ez|berg|stein|mann|vić|vic|escu|poulos|"
    r"idis|akis|elli|ini|witz|wicz|ström|quist))\Z"
)


def looks_like_family(name: str) -> bool:
    """Whether a name has an ending that marks a family name."""
    return bool(_FAMILY.match(name.strip()))
