"""What the preview answers, to a browser and to a stranger."""

import os
import shutil
from pathlib import Path

import pytest

from otpt_site.serve.application import OwnHosts
from otpt_site.serve.rounds import Round
from tests.kit import SITE, article, condition, goals
from tests.project import project
from tests.serve.running import Running, running

PNG = bytes.fromhex("89504e470d0a1a0a")


def test_a_page_goes_out_with_its_policy_and_what_the_preview_adds(steady: Running) -> None:
    answer = steady.ask("/conditions/stroke/")
    assert (answer.status, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "Stroke" in answer.body
    assert "content/conditions/stroke.md" in answer.body
    assert "Content-Security-Policy" not in answer.body
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'sha256-")
    assert policy.endswith(", frame-ancestors 'none'")
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_the_files_of_the_preview_know_nothing_of_it(preview: Running) -> None:
    for path in preview.out.rglob("*"):
        assert not path.is_file() or b"_preview" not in path.read_bytes()


def test_build_is_never_touched(preview: Running) -> None:
    preview.after({"conditions/stroke.md": condition("New words.")})
    assert not preview.project.out.exists()


@pytest.mark.parametrize(
    ("target", "kind"),
    [
        ("/", "text/html"),
        ("/conditions/stroke/index.html", "text/html"),
        ("/data/goals.json", "application/json"),
        ("/data/goals.csv", "text/csv; charset=utf-8"),
        ("/sitemap.xml", "application/xml"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/_headers", "text/plain; charset=utf-8"),
        ("/_preview/preview.js", "text/javascript; charset=utf-8"),
    ],
)
def test_content_types(steady: Running, target: str, kind: str) -> None:
    answer = steady.ask(target)
    assert (answer.status, answer.headers["content-type"].startswith(kind)) == (200, True)


def test_pictures_scripts_and_drawings(preview: Running) -> None:
    preview.after({"media/a.png": PNG})
    kinds = {}
    for path in preview.now.files:
        if path.startswith(("assets/", "media/")):
            answer = preview.ask(f"/{path}")
            assert "immutable" in answer.headers["cache-control"]
            kinds[path.rpartition(".")[2]] = answer.headers["content-type"].partition(";")[0]
    assert kinds == {"js": "text/javascript", "svg": "image/svg+xml", "png": "image/png"}


def test_what_is_not_there_gets_the_page_of_the_site(steady: Running) -> None:
    answer = steady.ask("/no/such/page/")
    assert answer.status == 404
    assert "There is no page here" in answer.body
    assert "preview.js" in answer.body


def test_a_folder_leads_to_its_page(steady: Running) -> None:
    answer = steady.ask("/conditions/stroke")
    assert (answer.status, answer.headers["location"]) == (307, "/conditions/stroke/")
    assert steady.ask("/conditions/strok").status == 404
    # Never to another host.
    assert steady.ask("//example.org/..").status == 404


def test_head_tells_the_length_and_sends_nothing(steady: Running) -> None:
    whole, head = steady.ask("/data/goals.json"), steady.ask("/data/goals.json", method="HEAD")
    assert (head.status, head.body) == (200, "")
    assert head.headers["content-length"] == whole.headers["content-length"]
    assert steady.ask("/", method="HEAD").status == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_can_be_changed(steady: Running, method: str) -> None:
    assert steady.ask("/", method=method).status == 405


@pytest.fixture(scope="module")
def with_strangers(steady: Running) -> Running:
    """A preview in whose folder lies what nobody may see."""
    (steady.out / "secret.txt").symlink_to(steady.project.content / "site.yaml")
    (steady.out / "linked").symlink_to(steady.project.content)
    (steady.out / "foreign").mkdir()
    (steady.out / "foreign/index.html").write_text("timezone")
    (steady.out / ".otpt-lock").write_text("timezone")
    return steady


@pytest.mark.parametrize(
    "target",
    [
        "/../../content/site.yaml",
        "/conditions/../../../content/site.yaml",
        "/%2e%2e/%2e%2e/content/site.yaml",
        "/..%2f..%2fcontent/site.yaml",
        "/..%5c..%5ccontent%5csite.yaml",
        "//etc/passwd",
        "/%00",
        "/.otpt-manifest.json",
        "/.otpt-lock",
        "/secret.txt",
        "/linked/site.yaml",
        "/foreign/",
        "/" + "a" * 5000,
        "/%ff%fe",
    ],
)
def test_nothing_else_is_given_out(with_strangers: Running, target: str) -> None:
    answer = with_strangers.ask(target)
    assert answer.status == 404
    assert "timezone" not in answer.body
    assert '"files"' not in answer.body


def test_a_link_in_place_of_a_page_is_not_followed(preview: Running) -> None:
    page = preview.out / "conditions/stroke/index.html"
    page.unlink()
    page.symlink_to(preview.project.content / "site.yaml")
    folder = preview.out / "articles/which-first"
    (folder / "index.html").unlink()
    folder.rmdir()
    folder.symlink_to(preview.project.content)
    for target in ("/conditions/stroke/", "/articles/which-first/"):
        answer = preview.ask(target)
        assert answer.status == 503
        assert "timezone" not in answer.body


def test_a_page_that_was_taken_away_is_made_again(preview: Running) -> None:
    (preview.out / "conditions/stroke/index.html").unlink()
    assert preview.ask("/conditions/stroke/").status == 503
    preview.until(lambda now: now.number == 2)
    assert preview.ask("/conditions/stroke/").status == 200


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8000", "localhost:1", "LOCALHOST", "[::1]:80", "192.168.1.2"])
def test_own_hosts_are_answered(steady: Running, host: str) -> None:
    assert steady.ask("/", host=host).status == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8000", "localhost.evil.example", "127.0.0.1.evil.example", "", ":8000", "a]:1"],
)
@pytest.mark.parametrize("target", ["/", "/_preview/events", "/_preview/panel?page=/"])
def test_strange_hosts_are_refused(steady: Running, host: str, target: str) -> None:
    answer = steady.ask(target, host=host or " ")
    assert answer.status in {400, 421}
    assert "Stroke" not in answer.body


def test_a_name_that_was_asked_for_is_answered() -> None:
    hosts = OwnHosts(lambda *_: None, ["Clinic-PC"])  # type: ignore[arg-type]
    assert hosts._is_own("clinic-pc:8000")
    assert not hosts._is_own("other-pc:8000")


def test_events_tell_of_each_round(preview: Running) -> None:
    with preview.events() as events:
        first = next(events)
        preview.after({"conditions/stroke.md": condition("New words.")})
        second = next(events)
        assert first["shown"] != second["shown"]
        preview.after({"conditions/stroke.md": condition(lead="physio")})
        third = next(events)
        assert third["shown"] == second["shown"]
        assert third["round"] != second["round"]


def test_streams_that_were_left_are_forgotten(preview: Running) -> None:
    with preview.events() as events:
        next(events)
        assert preview.workshop._listeners
    # The server notices when it next tells something.
    for number in range(100):
        if not preview.workshop._listeners:
            break
        preview.after({"conditions/stroke.md": condition(f"Words {number}.")})
    assert not preview.workshop._listeners


def test_the_panel_of_a_page_tells_its_problems(preview: Running) -> None:
    assert "nothing to mend" in preview.ask("/_preview/panel?page=/conditions/stroke/").body
    preview.after({"conditions/stroke.md": condition(lead="physio")})
    body = preview.ask("/_preview/panel?page=/conditions/stroke/").body
    assert "1 problem keeps the site from being published" in body
    assert "<code>content/conditions/stroke.md</code>, line 8" in body
    assert "lead: <mark>physio</mark>" in body
    assert "Write pt, ot or both." in body
    for odd in ("", "?page=", "?page=/../..", "?page=%00", "?page=/nowhere/"):
        assert preview.ask(f"/_preview/panel{odd}").status == 200


def test_the_last_good_page_stays(preview: Running) -> None:
    preview.after({"conditions/stroke.md": condition("New words.", lead="physio")})
    answer = preview.ask("/conditions/stroke/")
    assert answer.status == 200
    assert "Slow walking" in answer.body
    assert "1 problem keeps the site from being published" in answer.body
    preview.after({"conditions/stroke.md": condition("New words.")})
    answer = preview.ask("/conditions/stroke/")
    assert "New words." in answer.body
    assert "problem keeps" not in answer.body


@pytest.mark.parametrize(
    ("folder", "path", "text", "page", "shows"),
    [
        ("content", "conditions/stroke.md", condition("New words."), "/conditions/stroke/", "New words."),
        ("content", "conditions/new.md", condition(name="New one"), "/conditions/", "New one"),
        ("content", "goals.yaml", goals(goal="Run far"), "/goals/climb-stairs/", "Run far"),
        ("content", "site.yaml", SITE.replace("PT or OT?", "Our guide"), "/", "Our guide"),
        ("templates", "assets/site.css", "body{color:#123456}", "/", "body{color:#123456}"),
        ("templates", "pages/404.html", "{% extends 'base.html' %}{% block main %}Gone{% endblock %}", "/x", "Gone"),
    ],
)
def test_all_that_a_site_is_made_of_brings_about_a_rebuild(
    preview: Running, folder: str, path: str, text: str, page: str, shows: str
) -> None:
    assert shows not in preview.ask(page).body
    preview.after({path: text}, folder)
    assert shows in preview.ask(page).body


def test_a_thousand_files_changed_at_once_are_all_shown(preview: Running) -> None:
    preview.project.write({f"media/{number}.png": PNG for number in range(1000)})
    preview.until(lambda now: _pictures(now) == 1000)
    shutil.rmtree(preview.project.content / "media")
    now = preview.until(lambda now: _pictures(now) == 0)
    assert now.errors == []
    assert preview.ask("/conditions/stroke/").status == 200


def _pictures(now: Round) -> int:
    return sum(path.startswith("media/") for path in now.files)


def test_a_script_of_the_templates_too(preview: Running) -> None:
    preview.after({"assets/site.js": "// ours"}, "templates")
    (script,) = [path for path in preview.now.files if path.startswith("assets/site.")]
    assert preview.ask(f"/{script}").body == "// ours"


def test_a_guide_that_is_broken_from_the_start_tells_so_and_comes_when_it_is_mended(tmp_path: Path) -> None:
    broken = project(tmp_path)
    good = (broken.content / "site.yaml").read_bytes()
    broken.write({"site.yaml": "title: [\n"})
    with running(broken) as preview:
        preview.until(lambda now: now.number == 1)
        answer = preview.ask("/conditions/stroke/")
        assert answer.status == 503
        assert "content/site.yaml" in answer.body
        assert "There is nothing to show yet." in answer.body
        assert "preview.js" in answer.body
        preview.after({"site.yaml": good})
        assert preview.ask("/conditions/stroke/").status == 200


def test_what_an_earlier_preview_left_is_shown_while_there_is_nothing_newer(tmp_path: Path) -> None:
    made = project(tmp_path)
    with running(made) as preview:
        preview.until(lambda now: now.number == 1)
    made.write({"site.yaml": "title: [\n"})
    with running(made) as preview:
        preview.until(lambda now: now.number == 1)
        answer = preview.ask("/conditions/stroke/")
        assert answer.status == 200
        assert "You see the last good version." in answer.body


def test_drafts_scheduled_and_expired_pages_wear_a_ribbon(preview: Running) -> None:
    preview.after(
        {
            "articles/draft.md": article(draft="true"),
            "articles/later.md": article(publish_on="2027-03-01"),
            "articles/gone.md": article(expires_on="2026-11-02"),
        }
    )
    assert "<strong>Draft.</strong>" in preview.ask("/articles/draft/").body
    assert (
        "<strong>Scheduled.</strong> Readers see this page from 1 March 2027 on."
        in preview.ask("/articles/later/").body
    )
    assert 'id="otpt-ribbon"' not in preview.ask("/articles/which-first/").body
    gone = preview.ask("/articles/gone/")
    assert gone.status == 404
    assert "<strong>Expired.</strong> Readers have not seen this page since 2 November 2026." in gone.body
    assert "content/articles/gone.md" in gone.body
    assert "Write a later expires_on to bring it back" in gone.body
    assert "expires_on" in preview.ask("/_preview/panel?page=/articles/gone/").body
    assert 'id="otpt-ribbon"' not in preview.ask("/articles/never-there/").body


def test_the_preview_is_at_the_root_whatever_the_site_says(tmp_path: Path) -> None:
    made = project(tmp_path)
    site = (made.content / "site.yaml").read_text()
    made.write({"site.yaml": f"{site}base_url: https://example.org/guide/\n"})
    with running(made) as preview:
        preview.until(lambda now: now.number == 1)
        assert 'href="/conditions/"' in preview.ask("/").body


def test_the_manifest_is_not_among_the_files(steady: Running) -> None:
    assert not [path for path in steady.now.files if os.path.basename(path).startswith(".")]  # noqa: PTH119


def test_the_desk_is_of_the_site_that_readers_get(preview: Running) -> None:
    preview.after(
        {"articles/draft.md": article(draft="true", title="Not yet"), "conditions/stroke.md": condition(reviews=None)}
    )
    answer = preview.ask("/_desk/")
    assert (answer.status, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "content/articles/draft.md" in answer.body
    assert '<a href="/conditions/stroke/">' in answer.body
    assert "preview.js" in answer.body
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert 'href="/_desk/"' in preview.ask("/conditions/stroke/").body


def test_the_desk_is_found_without_its_last_stroke(steady: Running) -> None:
    answer = steady.ask("/_desk")
    assert (answer.status, answer.headers["location"]) == (307, "/_desk/")


def test_the_desk_waits_for_settings_that_can_be_read(preview: Running) -> None:
    preview.after({"site.yaml": "title: [\n"})
    answer = preview.ask("/_desk/")
    assert answer.status == 503
    assert "content/site.yaml" in answer.body


def test_a_mistake_of_the_program_is_told_and_the_page_comes_by_itself(
    preview: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> None:
        raise ValueError("not foreseen")

    monkeypatch.setattr("otpt_site.serve.application.decorated", failing)
    answer = preview.ask("/")
    assert answer.status == 500
    assert "ValueError: not foreseen" in answer.body
    assert "preview.js" in answer.body
