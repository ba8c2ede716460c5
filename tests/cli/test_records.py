"""Records on the command line: several articles, corrections, comparisons, exchange, proposals."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from inje.cli import app
from inje.dossier import load_dossier
from inje.errors import InputError

FORD = """Battle of Elm Ford

The Battle of Elm Ford was fought on 3 May 1862 between the Prussian Army and the Saxon Army.
General Anna Holm commanded the Prussian Army. The Saxon Army lost 90 killed.
"""
AGAIN = FORD.replace("Battle of Elm Ford\n", "The day at Elm Ford\n", 1).replace("90", "240")
EVENTS = "id,side_a,side_b,date_start,deaths_a\n1,North,South,2014-01-02,4\n2,A,B,2015-01-02,5\n"

runner = CliRunner()


@pytest.fixture
def place(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("ford.txt").write_text(FORD, encoding="utf-8")
    Path("again.txt").write_text(AGAIN, encoding="utf-8")
    return tmp_path


def inje(*arguments: str) -> Result:
    return runner.invoke(app, list(arguments), catch_exceptions=True)


def done(*arguments: str, code: int = 0) -> Result:
    result = inje(*arguments)
    assert result.exit_code == code, (result.output, result.exception)
    return result


def refused(*arguments: str) -> str:
    """The complaint of a command that got bad input."""
    result = inje(*arguments)
    assert isinstance(result.exception, InputError), result.output
    return str(result.exception)


def test_several_articles_become_one_record(place):
    result = done("extract", "ford.txt", "again.txt", "-o", "out/dossier.yaml", "--json")
    form = json.loads(result.stdout)
    assert [info["id"] for info in form["documents"]] == ["ford", "again"]
    assert sorted(p.name for p in Path("out").iterdir()) == [
        "document-1.json", "document-2.json", "dossier.yaml"
    ]  # fmt: skip
    told = done("check", "out/dossier.yaml", code=1).stdout
    assert done("check", "out", code=1).stdout == told
    assert "documents-disagree" in told
    assert "again.txt:4: “240 killed”" in told or "again.txt:4: “lost 240 killed”" in told
    assert done("check", "ford.txt", "again.txt", code=1).stdout == told
    done("model", "out/dossier.yaml")


def test_the_rules_are_listed_without_a_source(place):
    told = done("check", "--rules").stdout
    assert "documents-disagree" in told
    assert "rules.html" in told
    listed = json.loads(done("check", "--rules", "--json").stdout)
    assert {"id", "title", "why", "remedy"} == set(listed[0])


def test_two_records_of_one_folder_keep_their_texts_apart(place):
    done("extract", "ford.txt", "-o", "ford.yaml")
    done("extract", "again.txt", "-o", "again.yaml")
    for name, killed in (("ford", "90"), ("again", "240")):
        (text,) = load_dossier(f"{name}.yaml").texts
        assert f"lost {killed} killed" in text.original
    Path("ford.document.json").unlink()
    lost = done("check", "ford.yaml")
    assert "ford.yaml: the text of ford.txt is not beside it" in lost.stderr


def test_a_new_draft_goes_into_a_corrected_record(place):
    done("extract", "ford.txt", "-o", "dossier.yaml")
    path = Path("dossier.yaml")
    text = path.read_text(encoding="utf-8").replace(
        "summary: 'title: Battle of Elm Ford'",
        "summary: 'title: Battle of Elm Ford'\n    status: confirmed",
        1,
    )
    path.write_text("# my notes\n" + text, encoding="utf-8")
    Path("ford.txt").write_text(FORD.replace("90", "95"), encoding="utf-8")
    told = done("extract", "ford.txt", "--into", "dossier.yaml").stdout
    assert "90 killed" in told
    assert "95 killed" in told
    after = path.read_text(encoding="utf-8")
    assert after.startswith("# my notes\n")
    claims = load_dossier(path).claims
    assert [c.status for c in claims if c.rule == "title"] == ["confirmed"]
    assert done("extract", "ford.txt", "--into", "dossier.yaml").stdout == "no differences\n"


def test_two_records_are_compared_with_an_exit_code(place):
    done("extract", "ford.txt", "-o", "a/dossier.yaml")
    done("extract", "again.txt", "-o", "b/dossier.yaml")
    a, b = "a/dossier.yaml", "b/dossier.yaml"
    assert done("diff", a, a).stdout == "no differences\n"
    assert json.loads(done("diff", a, a, "--json").stdout)["same"] is True
    form = json.loads(done("diff", a, b, "--json", code=1).stdout)
    assert form["same"] is False
    assert form["claims"]
    assert "documents" in form
    assert "none.yaml" in refused("diff", a, "none.yaml")
    Path("broken.yaml").write_text("schema: ]", encoding="utf-8")
    assert "broken.yaml:1" in refused("diff", a, "broken.yaml")
    assert done("diff", "a", "a").stdout == "no differences\n"
    Path("worlds.nc").write_bytes(b"")
    assert "a record and a posterior" in refused("diff", a, "worlds.nc")


def test_a_record_is_begun_and_never_overwritten(place):
    done("new", "-o", "mine.yaml", "--title", "T", "--side", "North", "--side", "South")
    assert "schema: inje-dossier/" in done("new").stdout
    done("model", "mine.yaml")
    assert "is there already" in refused("new", "-o", "mine.yaml")
    assert "two sides" in refused("new", "--side", "North")


def test_tables_come_in_and_records_go_out(place):
    Path("events.csv").write_text(EVENTS, encoding="utf-8")
    done("import", "events.csv", "-o", "all")
    assert sorted(p.name for p in Path("all").iterdir()) == ["1", "2"]
    form = json.loads(done("import", "events.csv", "--event", "2", "-o", "two", "--json").stdout)
    assert [one["id"] for one in form] == ["2"]
    assert "is there already" in refused("import", "events.csv", "--event", "2", "-o", "two")
    source = "two/dossier.yaml"
    for name in ("annotations", "csl", "places", "prov"):
        json.loads(done("export", source, "--format", name).stdout)
    done("extract", "ford.txt", "-o", "ford/dossier.yaml")
    done("export", "ford/dossier.yaml", "--format", "bibtex", "-o", "works.bib")
    done("export", "two", "--format", "crate")
    assert Path("two/ro-crate-metadata.json").exists()
    assert inje("export", source, "--format", "nonsense").exit_code == 2
    assert done("export", "two", "--format", "csl").stdout.startswith("[")


def test_a_corrected_record_of_another_text_is_never_overwritten(place):
    from inje.reporting import Plan, reconstruct_battle

    done("extract", "ford.txt", "-o", "out/dossier.yaml")
    path = Path("out/dossier.yaml")
    path.write_text(
        path.read_text(encoding="utf-8").replace(
            "  - id: c1\n", "  - id: c1\n    status: edited\n"
        ),
        encoding="utf-8",
    )
    before = path.read_text(encoding="utf-8")
    with pytest.raises(InputError, match="other texts"):
        reconstruct_battle("again.txt", Path("out"), Plan())
    assert path.read_text(encoding="utf-8") == before


def test_a_model_is_no_source_among_others(place):
    done("extract", "ford.txt", "-o", "out/dossier.yaml")
    done("model", "out/dossier.yaml", "-o", "out/scenario.yaml")
    assert "not alone" in refused("reconstruct", "out/scenario.yaml", "ford.txt")


class Model(BaseHTTPRequestHandler):
    """A model that proposes one true and one invented claim."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        claims = [
            {"quote": "Anna Holm commanded", "kind": "fact", "holder": "narrator", "about": ""},
            {"quote": "Anna Holm fled", "kind": "fact", "holder": "narrator", "about": ""},
        ]
        content = json.dumps({"claims": claims})
        body = json.dumps({"choices": [{"message": {"content": content}}]}).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        return


def test_a_model_proposes_only_when_it_is_asked_to(place, monkeypatch):
    server = HTTPServer(("127.0.0.1", 0), Model)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    monkeypatch.setenv("INJE_LLM_URL", f"http://127.0.0.1:{server.server_port}/v1")
    monkeypatch.setenv("INJE_LLM_MODEL", "m1")
    try:
        quiet = done("extract", "ford.txt", "--json")
        assert "proposed by" not in quiet.stdout
        assert "sending" not in quiet.stderr
        asked = done("extract", "ford.txt", "--propose", "env", "--json")
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    assert "nothing else leaves this machine" in asked.stderr
    assert "1 proposal refused: 1 because their quote is not in the text" in asked.stderr
    rules = [claim["rule"] for claim in json.loads(asked.stdout)["claims"]]
    assert sum(rule.startswith("proposed by m1 at 127.0.0.1:") for rule in rules) == 1
    assert "an http or https address" in refused("extract", "ford.txt", "--propose", "nowhere")
