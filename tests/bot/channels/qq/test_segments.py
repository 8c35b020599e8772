"""Messages of QQ in both forms."""

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.qq.segments import Segment, segments_of
from tests.bot.channels.qq.fake_onebot import cq_string

VALUES = st.dictionaries(st.from_regex(r"[a-z_]{1,8}", fullmatch=True), st.text(max_size=20), max_size=3)
PARTS = st.lists(
    st.one_of(
        st.builds(lambda words: {"type": "text", "data": {"text": words}}, st.text(min_size=1, max_size=30)),
        st.builds(lambda kind, data: {"type": kind, "data": data}, st.sampled_from(["at", "reply", "image"]), VALUES),
    ),
    max_size=8,
)


def joined(segments: tuple[Segment, ...]) -> list[Segment]:
    """Neighbouring words as one: a string cannot tell them apart."""
    found: list[Segment] = []
    for one in segments:
        if one.kind == "text" and found and found[-1].kind == "text":
            found[-1] = Segment("text", {"text": found[-1].values["text"] + one.values["text"]})
        else:
            found.append(one)
    return found


@given(PARTS)
def test_a_message_says_the_same_as_an_array_and_as_a_string(parts: list[dict]) -> None:
    assert joined(segments_of(cq_string(parts))) == joined(segments_of(parts))


@given(
    st.recursive(
        st.none() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_whatever_comes_in_place_of_a_message_is_read_without_an_error(anything: object) -> None:
    assert all(isinstance(value, str) for one in segments_of(anything) for value in one.values.values())


def test_brackets_and_codes_in_what_people_write_stay_their_words() -> None:
    assert segments_of("〔2017〕&#91;附件&#93; &amp;#91;") == (Segment("text", {"text": "〔2017〕[附件] &#91;"}),)
    assert segments_of("[CQ:reply,id=1001][CQ:at,qq=10001] 谁牵头") == (
        Segment("reply", {"id": "1001"}),
        Segment("at", {"qq": "10001"}),
        Segment("text", {"text": " 谁牵头"}),
    )
    assert segments_of("[CQ:image,file=a&#44;b,url=http://x/?a=1&amp;b=2]") == (
        Segment("image", {"file": "a,b", "url": "http://x/?a=1&b=2"}),
    )
