"""Bytes to text: size, emptiness, binary files, UTF-8, language; each fault in four parts."""

from __future__ import annotations

import re
from collections import Counter

from inje.errors import DocumentError

__all__ = ["LARGEST", "decoded", "refuse_other_language", "refuse_size"]

#: largest text that is read, bytes
LARGEST = 20_000_000
_WORD = re.compile(r"[^\W\d_]+")
_HEAD = 40_000
#: bytes that no text holds: control characters but for tabs, line ends, form feeds and escapes
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_BINARY = (b"\x89PNG", b"\x7fELF", b"PK\3\4")
#: the commonest words of a language (each list: closed-class words only)
_COMMON = {
    "English": "the of and to in was by for on with that from at were as his their had which "
    "is it an be this after who but not under against into they he were been",
    "German": "der die das und ist von mit den dem im nicht ein eine auf für zu wurde des sich "
    "als auch nach bei aus wurden durch am zur",
    "French": "le la les des et du est une dans par pour sur qui que au avec son ses ils aux "
    "plus cette sont été il leur",
    "Spanish": "el la los las y del que en una por con para se su al como más fue lo sus fueron",
    "Italian": "il di che la e del della un una per con dei le nel gli si alla al dal furono",
    "Portuguese": "o os as e do da em um uma para com dos das que no na por foi ao pelo mais",
    "Dutch": "de het een van en in op te dat werd met voor zijn door aan naar uit niet bij",
    "Polish": "w i na z do się przez od po oraz za dla jest był była przy nie że jako",
    "Swedish": "och att det som en av för på med den till var inte ett från hade om sig",
    "Turkish": "ve bir bu ile için da de olarak olan sonra tarafından daha ise kadar oldu",
    "Azerbaijani": "və bir bu ilə üçün də olan sonra tərəfindən daha isə qədər oldu edildi",
    "Indonesian": "yang dan di dari untuk pada dengan ini oleh ke dalam tidak akan adalah",
    "Hungarian": "és az hogy egy nem volt is csak meg ezt azt ez de után között",
    "Czech": "se na je že v z do byl byla které pro jako po podle jeho také bylo",
    "Finnish": "ja on oli että se ei hän olivat joka myös kun mutta sekä jotka",
    "Romanian": "și în de la cu pe din care pentru fost prin lui este au mai nu",
    "Latin": "et in ad cum est non ut qui quod sed ex atque esse quae ab eius",
}
_SETS = {language: frozenset(words.split()) for language, words in _COMMON.items()}


def refuse_size(size: int, where: str) -> None:
    """Raise DocumentError when there is nothing, or more than `LARGEST` bytes."""
    if size == 0:
        raise DocumentError(
            where, "the file is empty", "an article about a battle", "give another file"
        )
    if size > LARGEST:
        raise DocumentError(
            where,
            f"{size:,} bytes are more than inje reads",
            f"at most {LARGEST:,} bytes",
            "cut out the part about the battle",
        )


def decoded(content: bytes, where: str) -> str:
    """The text of UTF-8 bytes.

    Raises
    ------
    DocumentError : a binary file, or bytes that are not UTF-8 (offset, line and column said).
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    head = content[:8192]
    control = [m.start() for m in _CONTROL.finditer(head)]
    if len(control) > max(4, len(head) // 50) or content.startswith(_BINARY):
        first = control[0] if control else 0
        raise DocumentError(
            f"{where}:{_line_and_column(content, first)}",
            "a binary file, not a text",
            "UTF-8 text, HTML, wikitext; PDF and .docx with their extras",
            "save the article as text",
        )
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise DocumentError(
            f"{where}:{_line_and_column(content, fault.start)}",
            f"byte 0x{content[fault.start]:02x} at offset {fault.start} is not UTF-8",
            "text encoded as UTF-8",
            "convert the file, for instance: iconv -f WINDOWS-1252 -t UTF-8",
        ) from None


def _line_and_column(content: bytes, offset: int) -> str:
    line = content.count(b"\n", 0, offset) + 1
    column = offset - content.rfind(b"\n", 0, offset)
    return f"{line}:{column}"


def refuse_other_language(text: str, where: str) -> None:
    """Raise DocumentError when the text is plainly not English.

    The share of closed-class words decides (English prose: a third and more).
    """
    sample = text if len(text) <= _HEAD else text[: _HEAD // 2] + text[len(text) // 2 :][:_HEAD]
    words = [word.lower() for word in _WORD.findall(sample)]
    if len(words) < 25:
        return
    counts = Counter(words)
    shares = {
        language: sum(counts[word] for word in common) / len(words)
        for language, common in _SETS.items()
    }
    english = shares.pop("English")
    other = max(shares, key=shares.__getitem__)
    if english >= 0.15 or (english >= 0.04 and english >= shares[other]):
        return
    named = f"the text seems to be {other}" if shares[other] > 0.08 else "the text is not English"
    raise DocumentError(
        where, f"{named}: inje reads English only", "an English text", "translate it first"
    )
