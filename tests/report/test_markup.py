from wayout.report.markup import Markup, element, escape


def test_plain_text_is_escaped_and_markup_is_not() -> None:
    made = element("p", "a < b & c", Markup("<br>"), title='"x"')
    assert made == '<p title="&quot;x&quot;">a &lt; b &amp; c<br></p>'


def test_attribute_names_follow_python_names() -> None:
    assert (
        element("a", class_="c", text_anchor="end", href=None)
        == '<a class="c" text-anchor="end"></a>'
    )


def test_characters_that_no_document_may_hold_are_replaced() -> None:
    assert escape("a\x00b\x1bc") == "a\ufffdb\ufffdc"


def test_marks_that_turn_the_direction_of_what_follows_are_dropped() -> None:
    assert escape("\u202eabc\u2066") == "abc"
