"""A document is revised in the middle of its year: progress stays where it belongs, nothing is said twice or lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from knowledge.ledger import Entry, EntryKind
from knowledge.model import Draft, Message, Turn
from knowledge.register import Register
from tests.knowledge.papers import LINES, PLAN, paper
from tests.scheduler.offices import Office, at

BUDGET, ACCOUNTS, WELFARE, SCHOOLS, HOUSES = LINES
FIRST = paper()
# 自建房 moves from 5 to 1, 招生 from 4 to 5, 低保 stays at 3; 账号 is dropped, a new one comes in.
REVISED = (HOUSES, BUDGET, WELFARE, "建设危险化学品停车场 | 市交通运输局 | 10月底前", SCHOOLS)


class Town(Office):
    """An office whose documents are revised, and to which one talks."""

    def __init__(self, *drafts: Draft) -> None:
        super().__init__(Register())
        for draft in drafts:
            self.files(draft, "2026-03-02 10:00")

    def files(self, draft: Draft, moment: str) -> str:
        register, difference = self.store.load().filed(draft, on=at(moment).date())
        entry = Entry(EntryKind.FILED, at(moment), document=difference.document, words=difference.words())
        self.store.file(register, entry)
        return difference.words()

    def hears(self, text: str, moment: str, unit: str | None = None, *, reminded: str = "") -> str:
        self.clock.set(at(moment))
        role = "liaison" if unit else "staff"
        turns = (Turn(reminded, by_bot=True),) if reminded else ()
        return self.app.receive(Message(text, sender="张晓", unit=unit, role=role, turns=turns)).text


def revised(*lines: str, source: str = "修订.docx") -> Draft:
    return paper(PLAN, lines or REVISED, source=source)


def test_progress_stays_attached_when_the_numbers_move() -> None:
    town = Town(FIRST)
    assert "第5项" in town.hears("第5项已完成", "2026-05-06 10:00", "市住房城乡建设局")
    town.files(revised(), "2026-05-10 10:00")
    assert "办结" in town.hears("自建房安全检查完成了没有", "2026-05-11 10:00")
    said = town.each_morning("2026-06-18", "2026-07-10")
    assert said
    assert all("自建房" not in text for _, text in said)


def test_a_reminder_that_was_sent_is_not_sent_again_under_the_new_number() -> None:
    town = Town(FIRST)
    assert "第5项" in town.reminders("2026-06-25 09:00")[0].text
    town.files(revised(), "2026-06-25 10:00")
    assert town.reminders("2026-06-25 11:00") == []
    (posted,) = town.reminders("2026-06-29 09:00")
    assert "第1项 开展自建房安全检查" in posted.text


def test_an_earlier_deadline_is_reminded_anew_and_the_old_one_no_more() -> None:
    town = Town(paper(PLAN, (HOUSES,)))
    town.files(revised(HOUSES.replace("6月底前", "6月15日前")), "2026-06-01 10:00")
    said = town.each_morning("2026-06-02", "2026-06-30")
    assert "".join(text for _, text in said).count("6月30日") == 0
    assert "期限：6月15日" in said[0][1]


def test_what_is_done_stays_done_when_its_deadline_changes() -> None:
    town = Town(paper(PLAN, (HOUSES,)))
    town.hears("第1项已完成", "2026-05-06 10:00", "市住房城乡建设局")
    town.files(revised(HOUSES.replace("6月底前", "9月底前")), "2026-06-01 10:00")
    assert town.each_morning("2026-06-02", "2026-10-31") == []


def test_what_was_dropped_reminds_no_more_and_can_still_be_asked_about() -> None:
    town = Town(FIRST)
    assert town.files(revised(BUDGET, ACCOUNTS, WELFARE, SCHOOLS), "2026-06-01 10:00").endswith("撤销1项、不变4项。")
    assert all("自建房" not in text for _, text in town.each_morning("2026-06-02", "2026-07-31"))
    told = town.hears("自建房安全检查谁牵头", "2026-06-02 10:00")
    assert "市住房城乡建设局" in told
    assert told.endswith(
        "注意：这是旧版，已被修订后的澄江湾市《2026年政务公开任务分工方案》（2026年6月1日）替代，现行文件中没有这一项，已撤销。"
    )


def test_the_old_edition_answers_when_it_is_meant() -> None:
    town = Town(FIRST)
    town.files(revised(HOUSES.replace("6月底前", "9月底前"), *REVISED[1:]), "2026-06-01 10:00")
    assert "9月底前" in town.hears("自建房安全检查什么时候完成", "2026-06-02 10:00")
    told = town.hears("修订前的方案里自建房安全检查什么时候完成", "2026-06-02 10:00")
    assert "6月底前" in told
    assert "现行文件中是第1项" in told


def test_a_number_that_meant_something_else_before_the_revision_is_asked_back() -> None:
    town = Town(FIRST)
    town.files(revised(), "2026-06-01 10:00")
    asked = town.hears("第1项已完成", "2026-06-02 10:00", "市住房城乡建设局")
    assert "修订前的第1项是“公开部门预算和决算”，现为第2项" in asked
    assert town.kinds().count("reported") == 0
    assert "第1项" in town.hears("自建房安全检查已完成", "2026-06-02 10:05", "市住房城乡建设局")
    assert town.kinds().count("reported") == 1


def test_a_number_that_the_bot_itself_has_just_named_is_not_asked_back() -> None:
    town = Town(FIRST)
    town.files(revised(), "2026-06-24 10:00")
    (posted,) = town.reminders("2026-06-25 09:00")
    assert "第1项 开展自建房" in posted.text
    town.hears("第1项已完成", "2026-06-25 10:00", "市住房城乡建设局", reminded=posted.text)
    assert town.kinds().count("reported") == 1


def test_next_years_plan_ends_the_reminders_of_this_years_and_each_answers_for_its_year() -> None:
    town = Town(FIRST)
    assert len(town.reminders("2026-06-30 09:00")) == 1
    following = paper(
        PLAN.replace("2026", "2027"),
        (BUDGET.replace("市财政局", "市审计局"), HOUSES),
        "《2026年政务公开任务分工方案》同时废止。",
        year=2027,
        number="澄政办发〔2027〕2号",
        issued=date(2027, 1, 11),
    )
    town.files(following, "2027-01-12 10:00")
    overdue = town.each_morning("2027-01-13", "2027-03-31")
    assert all("2026年" not in text for _, text in overdue)
    assert "市审计局" in town.hears("部门预算谁牵头", "2027-01-13 10:00")
    before = town.hears("2026年的方案里部门预算谁牵头", "2027-01-13 10:00")
    assert "市财政局" in before
    assert before.endswith("注意：该文件已被澄江湾市《2027年政务公开任务分工方案》（2027年1月11日）替代。")
    last = town.hears("去年的方案里部门预算谁牵头", "2027-01-13 10:00")
    assert "市财政局" in last
    gone = town.hears("城乡低保标准谁牵头公布", "2027-01-13 10:00")
    assert "市民政局" in gone
    assert "已被澄江湾市《2027年政务公开任务分工方案》" in gone


def test_lists_and_summaries_count_what_is_in_force() -> None:
    town = Town(FIRST)
    town.files(revised(), "2026-06-01 10:00")
    assert "共1项" in town.hears("市财政局牵头的任务有哪些", "2026-06-02 10:00")
    assert "5项" in town.hears("一共有多少项任务", "2026-06-02 10:00")
    assert town.hears("有哪些文件", "2026-06-02 10:00").count("《") == 1


def test_a_group_bound_to_the_old_document_hears_of_the_new_one() -> None:
    town = Town(FIRST)
    town.store.file(town.store.load().bound("公开群", [FIRST.document.id]))
    new = paper(
        "关于做好下半年公开工作的通知", (HOUSES,), "澄政办发〔2026〕5号同时废止。", number=None, issued=date(2026, 6, 1)
    )
    town.files(new, "2026-06-01 10:00")
    (posted,) = town.reminders("2026-06-30 09:00")
    assert posted.conversation == "公开群"
    assert "第1项 开展自建房" in posted.text


def test_the_same_file_again_says_nothing_new_to_anybody() -> None:
    town = Town(FIRST)
    before = town.store.load()
    assert town.store.load().filed(replace(FIRST))[0] is before
