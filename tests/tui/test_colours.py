"""What is quiet stands back, in every theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.color import Color

from tests.tui.acting import running

if TYPE_CHECKING:
    from quizapp.study.workspace import Workspace


def luminance(colour: Color) -> float:
    """WCAG 2.2, relative luminance."""
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.normalized
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: Color, other: Color) -> float:
    """WCAG 2.2, contrast ratio."""
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


async def test_quiet_text_stands_back_and_can_be_read(small: Workspace) -> None:
    async with running(small) as pilot:
        app = pilot.app
        for theme in ("textual-dark", "textual-light", "gruvbox", "nord", "solarized-light"):
            app.theme = theme
            await pilot.pause()
            colours = app.theme_variables
            quiet, loud, back = (
                Color.parse(colours[name]) for name in ("text-muted", "foreground", "background")
            )
            assert 3 < contrast(back, quiet) < contrast(back, loud), theme
            shown = {
                segment.style.color.get_truecolor().hex
                for strip in app.screen._compositor.render_strips()
                for segment in strip
                if segment.style and segment.style.color
            }
            assert quiet.hex.lower() in shown, theme


async def test_the_key_of_the_marked_row_can_be_read(small: Workspace) -> None:
    async with running(small) as pilot:
        app = pilot.app
        for theme in ("textual-dark", "textual-light", "nord", "solarized-light"):
            app.theme = theme
            await pilot.pause()
            row = next(
                strip for strip in app.screen._compositor.render_strips() if "Review" in strip.text
            )
            style = next(segment.style for segment in row if segment.text.strip() == "r")
            assert style is not None
            assert style.color is not None
            assert style.bgcolor is not None
            shown, back = (Color.from_rich_color(colour) for colour in (style.color, style.bgcolor))
            assert contrast(shown, back) > 2, theme
