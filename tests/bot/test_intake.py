"""Files come in: each by itself, wholly or not at all."""

import os
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.home import Home
from bot.intake import Imported, digest_of, draft_of, import_files, readable_name
from knowledge.ledger import EntryKind
from knowledge.model import Draft, ReadingError, Role
from knowledge.reading import MAX_BYTES
from knowledge.store import Store
from tests.contracts.drafts import NOON, assignment, draft


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def store(home: Home) -> Iterator[Store]:
    with home.store() as opened:
        yield opened


@pytest.fixture
def inbox(tmp_path: Path) -> Callable[[str, str], Path]:
    def put(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return put


def understand(content: bytes, name: str) -> Draft:
    """A file's first line is its title, each further line an assignment; an empty file cannot be read."""
    title, *texts = content.decode().splitlines() or [""]
    if not title:
        raise ReadingError(f"无法读取“{name}”：文件是空的；请确认文件已完整保存后重新导入。")
    made = draft(title, digest=digest_of(content))
    assignments = tuple(assignment(title, number, text) for number, text in enumerate(texts, 1))
    return replace(made, document=replace(made.document, source=name), assignments=assignments)


def bring(store: Store, home: Home, *paths: Path, **wishes: object) -> tuple[Imported, ...]:
    return import_files(store, home, paths, now=NOON, understand=understand, **wishes)  # type: ignore[arg-type]


def test_a_file_is_filed_with_its_original_and_an_entry(store: Store, home: Home, inbox: Callable) -> None:
    path = inbox("分工.TXT", "甲方案\n公开预算\n公开决算")
    (imported,) = bring(store, home, path, who="张三")
    assert not imported.failed
    assert imported.sentence == "《甲方案》入册，任务2项。（存疑2处，可用 qiantou review 核对）"
    digest = digest_of(path.read_bytes())
    assert (home.documents / f"{digest}.txt").read_bytes() == path.read_bytes()
    (filed,) = store.ledger()
    assert (filed.kind, filed.document, filed.who, filed.at) == (EntryKind.FILED, "甲方案", "张三", NOON)
    assert filed.details["digest"] == digest
    assert filed.details["added"] == ["甲方案#1", "甲方案#2"]


def test_the_same_file_again_changes_nothing_and_writes_nothing(store: Store, home: Home, inbox: Callable) -> None:
    path = inbox("分工.txt", "甲方案\n公开预算")
    bring(store, home, path)
    (again,) = bring(store, home, path)
    assert again.sentence == "《甲方案》此前已经入册，内容没有变化。还有1处存疑，可用 qiantou review 核对。"
    assert store.revision() == 1
    assert len(store.ledger()) == 1


def test_importing_again_brings_a_lost_original_back(store: Store, home: Home, inbox: Callable) -> None:
    path = inbox("分工.txt", "甲方案\n公开预算")
    bring(store, home, path)
    original = home.original(digest_of(path.read_bytes()), path.name)
    original.unlink()
    bring(store, home, path)
    assert original.read_bytes() == path.read_bytes()


def test_a_newer_edition_is_told_apart_from_the_old_one(store: Store, home: Home, inbox: Callable) -> None:
    bring(store, home, inbox("一稿.txt", "甲方案\n公开预算\n公开决算"))
    (imported,) = bring(store, home, inbox("二稿.txt", "甲方案\n公开预算"))
    assert imported.sentence.startswith("《甲方案》更新，撤销1项、不变1项。")
    assert len(store.load().in_force.assignments) == 1
    assert len(list(home.documents.iterdir())) == 2


def test_a_file_without_a_duty_is_kept_as_reference_and_said_so(store: Store, home: Home, inbox: Callable) -> None:
    (imported,) = bring(store, home, inbox("条例.txt", "公开条例"))
    assert "没有任务，作为参考文件入册" in imported.sentence
    assert [document.title for document in store.load().references] == ["公开条例"]


def test_one_file_that_fails_does_not_lose_the_others(
    store: Store, home: Home, inbox: Callable, tmp_path: Path
) -> None:
    heard: list[str] = []
    paths = [
        inbox("甲.txt", "甲方案\n一"),
        inbox("空.txt", ""),
        tmp_path,
        tmp_path / "没有.txt",
        inbox("乙.txt", "乙方案\n二"),
    ]
    imported = bring(store, home, *paths, step=heard.append)
    assert [one.failed for one in imported] == [False, True, True, True, False]
    assert [document.title for document in store.load().documents] == ["甲方案", "乙方案"]
    assert heard == ["甲.txt", "空.txt", tmp_path.name, "没有.txt", "乙.txt"]


def test_a_document_that_contradicts_itself_fails_by_name(store: Store, home: Home, inbox: Callable) -> None:
    def doubled(content: bytes, name: str) -> Draft:
        return replace(draft("甲方案"), assignments=(assignment("甲方案", 1), assignment("甲方案", 1)))

    path = inbox("甲.txt", "x")
    (imported,) = import_files(store, home, [path], now=NOON, understand=doubled)
    assert "与别的任务重复" in imported.sentence
    assert not home.documents.exists()


def enormous(path: Path) -> None:
    path.touch()
    os.truncate(path, MAX_BYTES + 1)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda path: path.mkdir(), "无法读取“甲.docx”：这是一个文件夹；请逐个指定其中的文件。"),
        (lambda path: None, "无法读取“甲.docx”：找不到这个文件；请检查路径和文件名。"),
        (lambda path: os.mkfifo(path), "无法读取“甲.docx”：这不是普通文件；请指定一个文档文件。"),
        (
            enormous,
            f"文件超过 {MAX_BYTES // 2**20} MB",
        ),
    ],
    ids=["folder", "missing", "pipe", "too big"],
)
def test_what_is_no_readable_file_is_named(
    store: Store, home: Home, tmp_path: Path, make: Callable[[Path], None], sentence: str
) -> None:
    path = tmp_path / "甲.docx"
    make(path)
    (imported,) = bring(store, home, path)
    assert sentence in imported.sentence


def test_what_a_person_declines_is_not_filed(store: Store, home: Home, inbox: Callable) -> None:
    asked: list[Draft] = []
    path = inbox("甲.txt", "甲方案\n一")
    (imported,) = bring(store, home, path, confirm=asked.append)
    assert imported.sentence == "“甲.txt”没有入册，总册没有变化。"
    assert not imported.failed
    assert asked[0].document.title == "甲方案"
    assert store.revision() == 0
    assert list(home.documents.iterdir()) == []


def test_a_name_from_a_chinese_windows_archive_is_readable() -> None:
    assert readable_name(Path(os.fsdecode("分工方案.txt".encode("gb18030")))) == "分工方案.txt"
    assert readable_name(Path("分工方案.txt")) == "分工方案.txt"


def test_a_folder_named_by_a_dot_is_told_by_its_real_name() -> None:
    assert readable_name(Path(".")) == Path.cwd().name


def test_a_text_without_a_title_is_called_by_its_file_name_and_doubted(tmp_path: Path) -> None:
    path = tmp_path / "随手记.txt"
    path.write_text("今天天气不错。\n", encoding="utf-8")
    document = draft_of(path).document
    assert document.title == "随手记"
    assert document.doubts[0].code == "title-missing"


def test_a_real_text_goes_all_the_way_into_the_register(store: Store, home: Home, inbox: Callable) -> None:
    text = (
        "云溪市2026年信息公开分工方案\n一、推进预算公开。\n牵头单位：市财政局\n二、推进采购公开。\n牵头单位：市审计局\n"
    )
    (imported,) = import_files(store, home, [inbox("方案.txt", text)], now=NOON)
    assert imported.difference is not None
    assert imported.difference.new
    assert [held.units(Role.LEAD) for held in store.load().assignments] == [("市财政局",), ("市审计局",)]


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    path = tmp_path / "材料.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("甲.txt", "甲方案\n公开预算")
        archive.writestr("附件/乙.txt", "乙方案\n公开决算\n公开采购")
        archive.writestr("__MACOSX/._甲.txt", "x")
        archive.writestr("../丙.txt", "丙方案\n一")
        archive.writestr("空.txt", "")
    return path


def test_each_file_of_an_archive_is_a_document_of_its_own(store: Store, home: Home, bundle: Path) -> None:
    first, second, *others = bring(store, home, bundle)
    assert [first.name, second.name] == ["材料.zip/甲.txt", "材料.zip/附件/乙.txt"]
    assert [document.source for document in store.load().documents] == ["材料.zip/甲.txt", "材料.zip/附件/乙.txt"]
    digest = digest_of("乙方案\n公开决算\n公开采购".encode())
    assert store.load().documents[1].digest == digest
    assert (home.documents / f"{digest}.txt").read_bytes().startswith("乙方案".encode())
    assert [other.failed for other in others] == [True, True]
    assert "材料.zip/../丙.txt”：压缩包里的这个文件用路径指向包外" in others[0].sentence
    assert "材料.zip/空.txt”：文件是空的" in others[1].sentence


def test_an_archive_again_or_one_of_its_files_alone_changes_nothing(
    store: Store, home: Home, bundle: Path, inbox: Callable
) -> None:
    bring(store, home, bundle)
    again = bring(store, home, bundle, inbox("甲.txt", "甲方案\n公开预算"))
    assert [one.difference.unchanged for one in again if one.difference] == [True, True, True]
    assert store.revision() == 2


def test_an_archive_that_cannot_be_opened_is_one_failure(store: Store, home: Home, bundle: Path) -> None:
    bundle.write_bytes(bundle.read_bytes()[:-40])
    (imported,) = import_files(store, home, [bundle], now=NOON)
    assert imported.failed
    assert imported.sentence.startswith("无法读取“材料.zip”：")


def test_only_a_plain_ending_is_kept_of_a_name(home: Home) -> None:
    assert home.original("ab", "a.DOCX").name == "ab.docx"
    assert home.original("ab", "a.方案").name == "ab"
    assert home.original("ab", "a").name == "ab"


def test_the_home_is_private(home: Home) -> None:
    home.create()
    folders = [home.path, home.documents, home.lexicon, home.backups]
    assert [folder.stat().st_mode & 0o777 for folder in folders] == [0o700] * 4
