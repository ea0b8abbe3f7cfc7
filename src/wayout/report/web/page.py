"""The page around the sections: head, masthead, contents, footer."""

from importlib import resources

from wayout.report.content.assemble import Content
from wayout.report.markup import Markup, element
from wayout.report.palette import DARK, LIGHT, variables
from wayout.report.text import listing
from wayout.report.web.parts import facts
from wayout.report.web.sections import sections_of

_CHART_FONT = (
    "system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,'Noto Sans',sans-serif"
)
_SCRIPT = (
    "addEventListener('beforeprint',()=>document.querySelectorAll('details:not([open])').forEach("
    "d=>{d.open=true;d.dataset.shut='1'}));addEventListener('afterprint',()=>document.querySelectorAll("
    "'details[data-shut]').forEach(d=>{d.open=false;delete d.dataset.shut}))"
)
"""Opens folded parts for printing; the page is complete without it."""


def resource(name: str) -> str:
    """A text file that comes with the package."""
    return resources.files("wayout.report").joinpath("data", name).read_text(encoding="utf-8")


def style() -> Markup:
    """The style of a page, with its colours for light and dark screens."""
    light, dark = variables(LIGHT), variables(DARK)
    themes = (
        f":root{{color-scheme:light dark;--chart-font:{_CHART_FONT};{light}}}"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}"
    )
    return Markup(f"<style>\n{themes}\n{resource('report.css')}{resource('chart.css')}</style>")


def _head(content: Content) -> Markup:
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", f"Evacuation plan: {content.title}"),
        style(),
    )


def _release(content: Content) -> Markup:
    names = content.internal_places
    if not names:
        return Markup("")
    text = (
        f"Planning cell edition, not for release: it names {listing(names, 6)}, which must "
        "not be known outside."
    )
    return element("p", element("strong", "Not for release. "), text, class_="release")


def _masthead(content: Content) -> Markup:
    plan, clock = content.material.plan, content.material.clock
    kicker = (
        f"Evacuation plan \N{MIDDLE DOT} {plan.scenario_name}, case {plan.case} "
        f"\N{MIDDLE DOT} contains no names of persons"
    )
    return element(
        "header",
        element("p", kicker, class_="kicker"),
        element("h1", element("bdi", content.title)),
        element("p", content.headline, class_="headline"),
        element("p", content.proof, class_="proofline"),
        facts(content.facts),
        _release(content),
        element("p", content.situation, class_="situation"),
        element(
            "p",
            element("strong", "Decision needed by: "),
            f"{content.deadline.by}. ",
            content.deadline.derived,
            class_="decision",
        ),
        element("p", f"All times are local, {clock.zone}.", class_="note"),
        class_="mast",
    )


def _contents(sections: list[tuple[str, str, Markup]]) -> Markup:
    links = [element("li", element("a", short, href=f"#{key}")) for key, short, _ in sections]
    return element("nav", element("ol", links), aria_label="Contents")


def _footer(content: Content) -> Markup:
    plan = content.material.plan
    ended = f" The search ended by: {plan.stopped_by}." if plan.stopped_by else ""
    return element(
        "footer",
        element(
            "p",
            f"Scenario {plan.scenario_name}, case {plan.case}, objective "
            f"{plan.objective.replace('_', ' ')}, seed {plan.seed}.{ended}",
        ),
        element("p", "Scenario hash ", element("code", plan.scenario_hash)),
        element("p", "Check it: ", element("code", "wayout verify"), " and the plan's folder."),
    )


def page(content: Content) -> str:
    """The whole document."""
    sections = sections_of(content)
    body = element(
        "body",
        element("a", "Skip to the content", href="#main", class_="skip"),
        _masthead(content),
        _contents(sections),
        element("main", [made for _, _, made in sections], id="main"),
        _footer(content),
        Markup(f"<script>{_SCRIPT}</script>"),
    )
    return f"<!DOCTYPE html>\n{element('html', _head(content), body, lang='en')}\n"
