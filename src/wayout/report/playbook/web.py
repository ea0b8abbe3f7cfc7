"""The playbook as one self-contained page."""

from wayout.report.markup import Markup, element
from wayout.report.playbook.content import Book, Page
from wayout.report.web.page import style
from wayout.report.web.parts import facts, folded, section, some, table


def _play(page: Page) -> Markup:
    rest = len(page.all_orders.rows)
    return section(
        f"play-{page.number}",
        f"{page.number}. {page.title}",
        page.words,
        element("p", element("strong", "Issue when: "), page.trigger, class_="decision"),
        facts(page.facts),
        some(page.owners),
        some(page.places),
        some(page.first),
        some(page.left_out),
        folded("Order by order", f"{rest:,} listed", table(page.all_orders)) if rest else "",
    )


def html(book: Book) -> str:
    """The whole document."""
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", f"Playbook: {book.title}"),
        style(),
    )
    kicker = f"Playbook · {book.scenario}, case {book.case} · contains no names of persons"
    masthead = element(
        "header",
        element("p", kicker, class_="kicker"),
        element("h1", element("bdi", book.title)),
        element("p", book.lead, class_="situation"),
        element("p", f"All times are local, {book.zone}.", class_="note"),
        table(book.overview),
        class_="mast",
    )
    links = [
        element("li", element("a", f"Play {page.number}", href=f"#play-{page.number}"))
        for page in book.pages
    ]
    body = element(
        "body",
        element("a", "Skip to the content", href="#main", class_="skip"),
        masthead,
        element("nav", element("ol", links), aria_label="Contents"),
        element("main", [_play(page) for page in book.pages], id="main"),
    )
    return f"<!DOCTYPE html>\n{element('html', head, body, lang='en')}\n"
