"""What can be wrong with a page that anybody can see: for readers of the screen, on a telephone, in Thai."""

from functools import cache
from pathlib import Path

from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")


def violations(page: Page) -> list[str]:
    """What axe finds on the page, one line each; empty when it is in order."""
    page.evaluate(_axe())
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [
        f"{one['id']} ({one['help']}): " + "; ".join(node["html"][:160] for node in one["nodes"][:3]) for one in found
    ]


def too_wide(page: Page) -> list[str]:
    """The elements that make the page wider than the screen."""
    return page.evaluate(
        """() => document.documentElement.scrollWidth <= window.innerWidth ? [] :
        [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > window.innerWidth + 1)
        .slice(0, 5).map(e => e.outerHTML.slice(0, 140))"""
    )


def still_english(page: Page) -> list[str]:
    """Words of the interface on a Thai page that nobody has put into Thai: three English words in a row and nothing Thai
    beside them, outside of what is English by itself."""
    return page.evaluate(
        """() => {
          const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walk.nextNode()) {
            const text = walk.currentNode.data.trim(), place = walk.currentNode.parentElement;
            if (/[A-Za-z]{2,} [A-Za-z]{2,} [A-Za-z]{2,}/.test(text) && !/[\u0e00-\u0e7f]/.test(text) &&
                !place.closest('[lang=en], code, pre, script, style, option, textarea, .review-source, .copy'))
              found.push(text.slice(0, 120));
          }
          return found.slice(0, 5);
        }"""
    )
