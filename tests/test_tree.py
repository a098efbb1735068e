"""The tree is the product: what a reader may rely on when walking through it."""

import ast
import re
from importlib import metadata
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
OURS = ("mingle", "pages", "schools", "events", "organisations", "images", "places", "accounts", "design")
# Higher stands on lower; those on one line do not know each other.
LAYERS = (
    ("mingle",),
    ("pages",),
    ("schools",),
    ("events",),
    ("organisations",),
    ("images",),
    ("places", "accounts", "design"),
)
LEVEL = {name: -at for at, layer in enumerate(LAYERS) for name in layer}
VAGUE = {"utils", "core", "common", "helpers", "services", "mixins", "misc"}


def folder(app: str) -> Path:
    return ROOT / app if app in {"events", "schools"} else ROOT / "site" / app


def sources() -> list[Path]:
    return [path for app in OURS for path in folder(app).rglob("*.py")]


def below(upper: str, lower: str) -> bool:
    """Whether `upper` may rest on `lower`."""
    return upper == lower or LEVEL[lower] < LEVEL[upper]


def test_site_is_a_folder_and_never_a_package():
    assert not (ROOT / "site" / "__init__.py").exists()


def test_every_folder_of_tests_with_python_is_a_package():
    folders = {path.parent for path in (ROOT / "tests").rglob("*.py")}
    assert [str(path) for path in sorted(folders) if not (path / "__init__.py").exists()] == []


def test_no_module_has_a_vague_name():
    assert [str(path) for path in sources() if path.stem in VAGUE or path.parent.name in VAGUE] == []


def test_no_module_promises_work_for_later():
    pattern = re.compile(r"#\s*(TODO|FIXME|XXX|HACK)|NotImplementedError")
    assert [str(path) for path in sources() if pattern.search(path.read_text())] == []


@pytest.mark.parametrize("app", [name for name in OURS if name != "mingle"])
def test_nobody_imports_the_project(app):
    importing = re.compile(r"^\s*(from|import) mingle\b", re.MULTILINE)
    assert [str(path) for path in folder(app).rglob("*.py") if importing.search(path.read_text())] == []


def test_foreign_keys_point_down_only():
    """Import-linter cannot see keys that are written as strings."""
    wrong = [
        f"{model._meta.label}.{field.name}"
        for app in OURS
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField)
        and (other := field.related_model._meta.app_label) in LEVEL
        and not below(app, other)
    ]
    assert wrong == []


def test_migrations_depend_downwards_only():
    wrong = []
    for app in OURS:
        for path in (folder(app) / "migrations").glob("0*.py"):
            tree = ast.parse(path.read_text())
            pairs = [node for node in ast.walk(tree) if isinstance(node, ast.Tuple) and len(node.elts) == 2]
            for pair in pairs:
                names = [part.value for part in pair.elts if isinstance(part, ast.Constant)]
                if len(names) == 2 and names[0] in LEVEL and re.match(r"\d{4}_", str(names[1])):
                    wrong += [f"{path.name} on {names[0]}"] if not below(app, names[0]) else []
    assert wrong == []


def test_migrations_are_named_for_what_they_do():
    names = [path.stem for app in OURS for path in (folder(app) / "migrations").glob("0*.py")]
    assert [name for name in names if re.search(r"auto|initial|alter_|_merge", name)] == []


def test_every_requirement_is_pinned_and_has_a_word_on_why():
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    needed = [line for line in lines if line and not line.startswith(("#", "-c "))]
    assert [line for line in needed if not re.fullmatch(r"\S+==\S+\s+# \S.*", line)] == []


def test_what_requirements_bring_in_turn_is_pinned_too():
    """Otherwise tomorrow's fresh clone runs on what nobody has tested."""
    files = [*ROOT.glob("requirements*.txt"), ROOT / "constraints.txt"]
    pinned = re.findall(r"^([\w.-]+)(?:\[\w+\])?==(\S+)", "\n".join(map(Path.read_text, files)), re.MULTILINE)
    versions = {canonicalize_name(name): version for name, version in pinned}
    needed = {*versions, "setuptools"}  # which comes with the environment, where it does
    waiting = [(canonicalize_name(name), extra) for name in versions for extra in ("", "binary", "heif")]
    while waiting:
        name, extra = waiting.pop()
        for text in metadata.requires(name) or []:
            wanted = Requirement(text)
            if wanted.marker is None or wanted.marker.evaluate({"extra": extra}):
                other = canonicalize_name(wanted.name)
                waiting += [] if other in needed else [(other, each) for each in ("", *wanted.extras)]
                needed.add(other)
    assert needed - set(versions) == {"setuptools"}
    assert {name: metadata.version(name) for name in versions} == versions


def test_every_template_is_used():
    """A template that nothing names is dead. Names may stand in Python or in other templates."""
    everything = "\n".join(
        path.read_text()
        for app in OURS
        for path in folder(app).rglob("*")
        if path.suffix in {".py", ".html", ".txt", ".xml"} and "migrations" not in path.parts
    )
    dead = []
    for app in OURS:
        base = folder(app) / "templates"
        for path in base.rglob("*.*") if base.exists() else []:
            name = path.relative_to(base).as_posix()
            called_by_others = re.match(r"(account|usersessions|mfa|wagtail\w*|\d{3}(_csrf)?\.html)", name)
            if not called_by_others and name not in everything:
                dead.append(name)
    assert dead == []


def test_every_template_that_is_named_exists():
    """Nobody notices a page of the demonstration that includes what is no longer there."""
    naming = re.compile(
        r"""\{%\s*(?:include|extends)\s+"([^"]+)"|(?:render\w*\(\w*,? ?|template_name = )"([^"]+)\""""
    )
    missing = []
    for app in OURS:
        for path in folder(app).rglob("*"):
            if path.suffix in {".py", ".html", ".txt", ".xml"}:
                for pair in naming.findall(path.read_text()):
                    missing += [f"{path.name}: {name}" for name in pair if name and not _is_template(name)]
    assert missing == []


def _is_template(name: str) -> bool:
    try:
        get_template(name)
    except TemplateDoesNotExist:
        return False
    return True
