"""A proposer behind the seam: honest, inventive or broken, against a server that speaks the
protocol on this machine.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inje.document import read_document
from inje.dossier import (
    Dossier,
    Endpoint,
    ProposerFault,
    Request,
    dossier_faults,
    endpoint_from,
    extract_dossier,
    propose_claims,
)
from inje.errors import OptionError

ARTICLE = """Battle of Elm Ford

The Battle of Elm Ford was fought on 3 May 1862 between the Prussian Army and the Saxon Army.
General Anna Holm commanded the Prussian Army.

Of the Saxon Army some 450 lay dead by nightfall, if we may believe General Anna Holm. The miller
saw hundreds of wounded on the road.
"""
HONEST = {
    "quote": "some 450 lay dead",
    "kind": "report",
    "holder": "General Anna Holm",
    "about": "losses.saxon_army.missing",
    "number": 450,
    "summary": "450 Saxons dead",
}
Answer = Callable[[BaseHTTPRequestHandler, dict[str, Any]], None]


@pytest.fixture(scope="module")
def record() -> Dossier:
    return extract_dossier(read_document(ARTICLE.encode(), name="ford"))


@contextmanager
def serving(answer: Answer) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """A server on this machine; its address, and what it was sent."""
    seen: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["content-length"])
            body = json.loads(self.rfile.read(length))
            seen.append({"path": self.path, "key": self.headers["authorization"], **body})
            try:
                answer(self, body)
            except (BrokenPipeError, ConnectionResetError):
                return

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1", seen
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def says(content: str, status: int = 200) -> Answer:
    def answer(handler: BaseHTTPRequestHandler, _: dict[str, Any]) -> None:
        body = json.dumps({"choices": [{"message": {"content": content}}]}).encode()
        handler.send_response(status)
        handler.send_header("content-length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def claims(*items: Any) -> Answer:
    return says(json.dumps({"claims": list(items)}))


def asked(record: Dossier, answer: Answer, **options: Any) -> Any:
    with serving(answer) as (url, seen):
        return propose_claims(record, Endpoint(url, "m1", **options)), seen


def test_an_honest_proposal_enters_unconfirmed_and_says_who_proposed_it(record):
    found, seen = asked(record, claims(HONEST))
    assert (found.accepted, found.known, dict(found.refused)) == (1, 0, {})
    new = found.dossier.claims[-1]
    assert new.anchor.quote == ARTICLE[new.anchor.start : new.anchor.end] == HONEST["quote"]
    assert new.status == "drafted"
    assert new.rule.startswith("proposed by m1 at 127.0.0.1:")
    assert new.holders == ("narrator", "anna_holm")
    assert (new.value.best, new.value.vagueness) == (450, "about")
    assert "m1 at 127.0.0.1" in found.dossier.made.by
    assert list(dossier_faults(found.dossier)) == []
    assert found.dossier.claims[:-1] == record.claims
    assert seen[0]["path"] == "/v1/chat/completions"


def test_what_is_sent_is_the_passage_the_names_and_the_instruction(record):
    _, seen = asked(record, claims(), key="secret")
    assert set(seen[0]) == {
        "path", "key", "model", "temperature", "max_tokens", "response_format", "messages"
    }  # fmt: skip
    assert seen[0]["key"] == "Bearer secret"
    told = json.loads(seen[0]["messages"][1]["content"])
    assert set(told) == {"passage", "sides", "places", "names"}
    assert told["passage"] in ARTICLE
    assert "secret" not in json.dumps(seen[0]["messages"])


INVENTED = [
    ({**HONEST, "quote": "some 4500 lay dead"}, "their quote is not in the text"),
    ({**HONEST, "quote": "Some 450 lay dead"}, "their quote is not in the text"),
    ({**HONEST, "quote": "Saxon Army"}, "their quote stands in several places"),
    ({**HONEST, "quote": ""}, "they gave no quote, or one too long"),
    ({**HONEST, "quote": 450}, "they gave no quote, or one too long"),
    ({**HONEST, "kind": "truth"}, "their kind is none of the record's"),
    ({**HONEST, "holder": "Napoleon"}, "the record does not know their holder"),
    ({**HONEST, "number": 4500}, "their quote does not say the number that they give"),
    ({**HONEST, "number": None}, "their quote does not say the number that they give"),
    ({**HONEST, "number": True}, "their quote does not say the number that they give"),
    ({**HONEST, "about": "losses.atlantis.killed"}, "they are about nothing that the record can "
     "name"),
    ({**HONEST, "about": "weather"}, "they are about nothing that the record can name"),
    ({**HONEST, "about": "start"}, "they are about what proposals may not decide"),
    ({**HONEST, "about": "attacker", "value": "Napoleon"},
     "they choose somebody whom the record does not know"),
    ("nonsense", "they were no objects"),
]  # fmt: skip


def test_invented_proposals_are_all_refused_counted_and_said(record):
    found, _ = asked(record, claims(*(item for item, _ in INVENTED)))
    assert found.accepted == 0
    assert found.dossier is record
    reasons = [reason for _, reason in INVENTED]
    assert dict(found.refused) == {reason: reasons.count(reason) for reason in reasons}
    told = " ".join(found.sentences)
    assert f"{len(INVENTED)} proposals refused" in told
    assert "their quote is not in the text" in told


def test_the_narrator_may_hold_a_claim_and_a_chosen_side_is_known_by_name(record):
    item = {
        "quote": "Of the Saxon Army", "kind": "fact", "holder": "narrator", "about": "winner",
        "value": "Prussian Army",
    }  # fmt: skip
    found, _ = asked(record, claims(item))
    assert found.dossier.claims[-1].holders == ("narrator",)
    assert found.dossier.claims[-1].value.best == "prussian_army"


def test_what_the_record_has_already_does_not_enter_again(record):
    known = next(c for c in record.claims if c.about == "start")
    item = {"quote": HONEST["quote"], "kind": "report", "holder": "narrator", "about": ""}
    found, _ = asked(record, claims(HONEST, HONEST, {**item, "summary": "again"}))
    assert found.accepted == 1
    assert found.known == 2
    assert known in found.dossier.claims


def quit_at_once(handler: BaseHTTPRequestHandler, _: dict[str, Any]) -> None:
    handler.connection.close()


def redirect(handler: BaseHTTPRequestHandler, _: dict[str, Any]) -> None:
    handler.send_response(307)
    handler.send_header("location", "http://127.0.0.1:9/elsewhere")
    handler.send_header("content-length", "0")
    handler.end_headers()


def endless(handler: BaseHTTPRequestHandler, _: dict[str, Any]) -> None:
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b" " * 65536)


def drip(handler: BaseHTTPRequestHandler, _: dict[str, Any]) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.05)


def dripping_head(handler: BaseHTTPRequestHandler, _: dict[str, Any]) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(100):
        handler.wfile.write(f"x-{number}: y\r\n".encode())
        handler.wfile.flush()
        time.sleep(0.05)


def silent(_handler: BaseHTTPRequestHandler, _: dict[str, Any]) -> None:
    time.sleep(1.5)


def replies(body: Any, status: int = 200) -> Answer:
    """An answer that is not a message of the protocol, or one in a form of its own."""

    def answer(handler: BaseHTTPRequestHandler, _: dict[str, Any]) -> None:
        raw = json.dumps(body).encode()
        handler.send_response(status)
        handler.send_header("content-length", str(len(raw)))
        handler.end_headers()
        handler.wfile.write(raw)

    return answer


def cut_off(content: str) -> dict[str, Any]:
    return {"choices": [{"finish_reason": "length", "message": {"content": content}}]}


NO_MODEL = {"error": {"message": 'model "x" not found,\n\x1b[31mtry pulling it first'}}
FAILING = [
    (says("{}", status=500), r"answered 500$"),
    (says("{}", status=401), "answered 401"),
    (replies(NO_MODEL, 404), r'answered 404: model "x" not found, \[31mtry pulling it first$'),
    (replies({"error": "no such key"}, 401), "answered 401: no such key$"),
    (replies({"error": {"message": 7}}, 400), r"answered 400$"),
    (replies({"choices": [{"message": {"content": None}}]}), "is no JSON of claims"),
    (replies({"choices": [None]}), "is no JSON of claims"),
    (replies([]), "is no JSON of claims"),
    (replies(cut_off('{"claims": [{"quote": "some 4')), "was cut off at 4,000 tokens"),
    (says("I would rather not."), "is no JSON of claims"),
    (says('{"claims": 7}'), "is no JSON of claims"),
    (says("[" * 100_000), "is no JSON of claims"),
    (redirect, "redirects elsewhere"),
    (endless, "more than 1,000,000 bytes"),
    (drip, "did not answer within|took longer than"),
    (dripping_head, "did not answer within"),
    (silent, "did not answer within"),
    (quit_at_once, "cannot be reached"),
]


@pytest.mark.parametrize(("answer", "words"), FAILING, ids=lambda v: getattr(v, "__name__", None))
def test_a_failing_server_is_a_sentence_and_the_record_stands(record, answer, words):
    import re

    started = time.process_time()
    slow = answer in (drip, dripping_head, silent)
    found, seen = asked(record, answer, seconds=0.5 if slow else 30.0)
    assert time.process_time() - started < 20
    assert found.accepted == 0
    assert found.dossier is record
    assert re.search(words, found.skipped[0]), found.skipped
    assert len(seen) <= 2


def test_nobody_there_is_a_sentence(record):
    found = propose_claims(record, Endpoint("http://127.0.0.1:9/v1", "m1", seconds=2))
    assert "cannot be reached" in found.skipped[0]


def test_a_server_that_fails_twice_is_asked_no_more():
    long = ARTICLE + "\n".join(
        f"\nOn day {n} it rained. " + "The rain fell on the road. " * 200 for n in range(6)
    )
    record = extract_dossier(read_document(long.encode(), name="long"))
    found, seen = asked(record, says("{}", status=503))
    assert len(seen) == 2
    assert "asked no more" in found.skipped[-1]


def test_the_time_for_all_passages_is_bounded():
    long = ARTICLE + "\n".join("\n" + "The rain fell on the road. " * 200 for _ in range(4))
    record = extract_dossier(read_document(long.encode(), name="long"))
    found = propose_claims(record, Fake([]), seconds=0.0)
    assert "passages went unread: 0 s were over" in found.skipped[0]
    assert propose_claims(record, Fake([])).skipped == ()


def test_an_answer_between_fences_is_read(record):
    found, _ = asked(record, says("```json\n" + json.dumps({"claims": [HONEST]}) + "\n```"))
    assert found.accepted == 1


def test_an_answer_among_words_is_read(record):
    told = f"Sure! Here they are:\n{json.dumps({'claims': [HONEST]})}\nI hope {{this}} helps."
    found, _ = asked(record, says(told))
    assert found.accepted == 1


@pytest.mark.parametrize("number", [450, "450", 450.0])
def test_a_number_may_come_as_a_word(record, number):
    assert propose_claims(record, Fake([{**HONEST, "number": number}])).accepted == 1


@pytest.mark.parametrize("number", ["4 hundred", "-450", "9" * 30, True, [450], {"n": 450}])
def test_what_is_no_number_is_refused(record, number):
    found = propose_claims(record, Fake([{**HONEST, "number": number}]))
    assert found.refused == {"their quote does not say the number that they give": 1}


def test_a_very_long_paragraph_is_shown_in_pieces():
    """Each of whole sentences; before, a block longer than a request was passed over in silence."""
    long = "The rain fell on the road, and some 450 went on. " * 400
    record = extract_dossier(read_document((ARTICLE + "\n" + long).encode(), name="long"))
    shown: list[str] = []

    def look(request: Request) -> list[Any]:
        shown.append(request.text)
        return []

    propose_claims(record, Fake(look))
    assert all(len(text) <= 6000 for text in shown)
    assert "".join(shown).count("some 450 went on") == 400
    assert all(text.rstrip().endswith(".") for text in shown)


class Fake:
    """A proposer that gives what it is told to."""

    name = "a fake"

    def __init__(self, items: Any) -> None:
        self.items = items

    def propose(self, request: Request) -> Any:
        return self.items(request) if callable(self.items) else self.items


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)
FIELDS = ("quote", "kind", "holder", "about", "number", "value", "summary")


@settings(max_examples=60)
@given(
    items=st.lists(
        st.fixed_dictionaries({}, optional=dict.fromkeys(FIELDS, JUNK))
        | st.fixed_dictionaries(
            {
                "quote": st.integers(0, 300).map(lambda n: ARTICLE[n : n + 25]),
                "kind": st.sampled_from(["fact", "report", "truth"]) | JUNK,
                "holder": st.sampled_from(["narrator", "Anna Holm", "nobody"]) | JUNK,
                "about": st.sampled_from(["", "strength.saxon_army", "attacker", "x.y"]) | JUNK,
                "number": st.sampled_from([450, 3, None, "450"]) | JUNK,
                "value": st.sampled_from(["saxon_army", "nobody", 5]) | JUNK,
            }
        )
        | JUNK,
        max_size=6,
    )
)
def test_whatever_is_proposed_only_verbatim_quotes_enter(record, items):
    found = propose_claims(record, Fake(items))
    text = record.texts[0].original
    for claim in found.dossier.claims[len(record.claims) :]:
        assert text[claim.anchor.start : claim.anchor.end] == claim.anchor.quote
        assert claim.status == "drafted"
        assert claim.rule == "proposed by a fake"
    assert list(dossier_faults(found.dossier)) == []
    assert found.accepted + found.known + sum(found.refused.values()) == len(items)


def test_more_than_may_come_at_once_is_refused_by_number(record):
    found = propose_claims(record, Fake([{"quote": "zzz", "kind": "fact"}] * 200))
    assert sum(found.refused.values()) == 200
    assert found.refused["more than 60 came at once"] == 140


def test_quotes_in_wikitext_are_those_of_the_original():
    page = (
        "'''The Battle of Elm Ford''' was fought on 3 May 1862 between the [[Prussian Army]] and "
        "the [[Saxon Army]].\n\nBy night '''some 450''' of the [[Saxony|Saxons]] lay dead.\n"
    )
    record = extract_dossier(read_document(page.encode(), reader="wikitext"))

    def items(request: Request) -> Any:
        assert "[[" not in request.text
        return [{"quote": "of the Saxons lay", "kind": "belief", "holder": "narrator", "about": ""}]

    found = propose_claims(record, Fake(items))
    assert found.accepted == 1
    anchor = found.dossier.claims[-1].anchor
    assert page[anchor.start : anchor.end] == anchor.quote == "of the [[Saxony|Saxons]] lay"


def test_a_fault_is_a_value(record):
    found = propose_claims(record, Fake(ProposerFault("no paper")))
    assert found.skipped[0].endswith("no paper")


@pytest.mark.parametrize(
    ("url", "model", "key", "words"),
    [
        ("", "m", "", "http or https"),
        ("ftp://h/v1", "m", "", "http or https"),
        ("http://", "m", "", "http or https"),
        ("http://[::1", "m", "", "http or https"),
        ("http://h:99999/v1", "m", "", "http or https"),
        ("https://u:p@h/v1", "m", "", "password"),
        ("https://h/v1", "", "", "INJE_LLM_MODEL"),
        ("http://h.example/v1", "m", "k", "unencrypted"),
    ],
)
def test_an_unusable_endpoint_is_refused_before_anything_is_sent(url, model, key, words):
    environment = {"INJE_LLM_KEY": key, "INJE_LLM_MODEL": model}
    with pytest.raises(OptionError, match=words):
        endpoint_from(url, environment=environment)


def test_the_environment_names_the_endpoint_only_when_it_is_asked_for():
    environment = {
        "INJE_LLM_URL": "http://localhost:1/v1",
        "INJE_LLM_MODEL": "m",
        "INJE_LLM_KEY": "k",
    }
    assert endpoint_from("env", environment=environment).host == "localhost:1"
    assert endpoint_from("https://h/v1", model="n", environment=environment).name == "n at h"
    assert "k" not in repr(
        endpoint_from("env", environment={**environment, "INJE_LLM_KEY": "kkk"})
    ).replace("key", "")


def test_a_record_without_its_texts_cannot_be_read_by_a_proposer(record):
    with pytest.raises(OptionError, match="not at hand"):
        propose_claims(record.with_texts(), Fake([]))
