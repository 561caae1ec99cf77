"""The file `settings.yaml`: its strict reader, and `put`, which changes keys and keeps the rest."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from hiproutine.errors import HiproutineError
from hiproutine.files import make_folder
from hiproutine.settings.model import Breath, Manner, Profile, Settings, declared
from hiproutine.text import clean
from hiproutine.yaml.nodes import Fields, File, FileProblems, decode, mapping, parse, read_text, write_text

if TYPE_CHECKING:
    from hiproutine.yaml.edit import Value

T = TypeVar("T", bound=tuple[Any, ...])


def _read_fields(kind: type[T], fields: Fields) -> T:
    """Return the value declared by these settings, read from the fields."""
    defaults: Mapping[str, Any] = getattr(kind, "_field_defaults")  # noqa: B009 -- a NamedTuple, which no bound names
    return kind(**{field: fields.take(key, setting.read, defaults[field]) for field, key, setting in declared(kind)})


def _of_fields(fields: Fields) -> Settings:
    breath, manner = _read_fields(Breath, fields), _read_fields(Manner, fields)
    manner = manner._replace(breath=breath if manner.breath else None)
    profile = _read_fields(Profile, fields)
    return _read_fields(Settings, fields)._replace(breath=breath, manner=manner, profile=profile)


_settings = mapping(_of_fields)


def load(path: Path) -> Settings:
    """Return the settings; the defaults where there is no file. Raises FileProblems."""
    if not path.exists() and not path.is_symlink():  # where a link leads nowhere, its conditions are not known
        return Settings()
    file = File(clean(str(path)))
    return _read(read_text(path, file), file)


def _read(content: str | None, file: File) -> Settings:
    """Return the settings in the content of a file. Raises FileProblems."""
    top = parse(content, file) if content else None
    settings = Settings() if top is None or top.content == "" else _settings(top, file)
    if file.problems:
        raise FileProblems(file.problems)
    return settings


def put(path: Path, key: str, value: "Value | None") -> Settings:
    """Set one key of the file, or remove it if `value` is None; see `put_all`."""
    return put_all(path, {key: value})


def put_all(path: Path, values: "Mapping[str, Value | None]") -> Settings:
    """Set keys of the file, or remove those whose value is None; return the resulting settings.

    Every other key, every comment and the order of the lines stay. The file is made if need be. Raises OSError,
    FileProblems where the file has a fault or would have one, and HiproutineError where it is laid out in a way that
    the change would break; then nothing is changed.
    """
    from hiproutine.yaml import edit

    load(path)
    file = File(clean(str(path)))
    content = changed = _content(path, file)
    for key, value in values.items():
        try:
            changed = edit.put(changed, key, value)
        except edit.Refused:
            raise HiproutineError(
                f"{file.name}: `{key}` cannot be changed without breaking its layout, such as a comment within it; "
                "edit it by hand"
            ) from None
    settings = _read(changed, file)
    if changed != content:
        make_folder(path.parent)
        write_text(path, changed)
    return settings


def _content(path: Path, file: File) -> str:
    """Return the content of the file; empty if there is none."""
    return (read_text(path, file) or "") if path.exists() else ""


class Lack(NamedTuple):
    """A key that an import adds or extends: its value here, if any, and its value afterwards."""

    key: str
    before: "Value | None"
    after: "Value"


def lacks(path: Path, others: bytes, name: str) -> tuple[Lack, ...]:
    """Return what the file lacks of the settings `others`, which come from `name`; existing values are kept.

    The conditions of both files apply. Raises FileProblems if one of them cannot be read.
    """
    from hiproutine.yaml import edit

    load(path)
    here = edit.values(_content(path, File("")))
    file = File(name)
    words = decode(others, file)
    _read(words, file)
    found = []
    for key, value in edit.values(words or "").items():
        before = here.get(key)
        if before is None and key == "screened" and here.get("conditions"):
            continue  # answers without a day stay without one
        if before is None:
            found.append(Lack(key, None, value))
        elif key == "conditions" and (more := [each for each in value if each not in before]):
            found.append(Lack(key, before, [*before, *more]))
        elif key == "screened" and str(value) < str(before):  # older answers are due again sooner
            found.append(Lack(key, before, value))
    return tuple(found)
