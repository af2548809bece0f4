"""One person at a browser: walks, presses, fills in, and looks at what stands there, in both languages and on a telephone."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from playwright.sync_api import Browser, BrowserContext, Locator, Page, Response, expect

from saduak.config.demo.cast import MAIN
from saduak.people.sign_in import DEMO_PASSWORD

from . import looking, screens

ROOT = Path(__file__).resolve().parents[2]
DESK, TELEPHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
TALLEST = 3000  # pixels of a page in its picture
PATIENCE = 15_000  # milliseconds; two cores are shared by server, worker and browser
LANGUAGE = "saduak_language"


class House(Protocol):
    """What a walker needs to know of the running instance."""

    url: str


@dataclass
class Walker:
    """A browser context of one person (of the cast by name, of others by e-mail), or of a citizen (`name` empty)."""

    browser: Browser
    house: House
    name: str = ""
    faults: list[str] = field(default_factory=list)
    judging: bool = False

    def __post_init__(self) -> None:
        self.context: BrowserContext = self.browser.new_context(
            viewport=DESK, locale="th-TH", timezone_id="Asia/Bangkok", accept_downloads=True, reduced_motion="reduce"
        )
        self.context.set_default_timeout(PATIENCE)
        self.page = self.context.new_page()
        self._listen(self.page)
        self.method, self.status = "GET", 200
        if self.name:
            self.goto("/accounts/login/")
            self.page.locator("#id_login").fill(self.name if "@" in self.name else f"{self.name}@{MAIN}")
            self.page.locator("#id_password").fill(DEMO_PASSWORD)
            self.press("เข้าสู่ระบบ")
            expect(self.page.locator(".acting-who")).to_be_visible()

    def _listen(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.faults.append(f"{self.name} {page.url}: {error}"))
        page.on("console", self._heard)
        page.on("response", self._answered)

    def _heard(self, message: Any) -> None:
        # A refusal is an answer, and an answer that was not wanted is found by its status below. Taking pictures and
        # axe put styles into the page, which its policy rightly refuses.
        ours = self.judging and "Applying inline style" in message.text
        if message.type == "error" and "responded with a status" not in message.text and not ours:
            self.faults.append(f"{self.name} {self.page.url}: {message.text}")

    def _answered(self, response: Response) -> None:
        request = response.request
        if request.is_navigation_request() and request.frame == self.page.main_frame:
            if not 300 <= response.status < 400:
                self.method, self.status = request.method, response.status
        elif response.status >= 400:
            self.faults.append(f"{self.name} {self.page.url}: {response.url} answered {response.status}")

    # where one is

    def goto(self, path: str, status: int = 200) -> None:
        """Open a page by its address; `status` is the answer that is wanted."""
        answer = self.page.goto(path if path.startswith("http") else self.house.url + path)
        found = answer.status if answer else self.status  # only the part after # changed: no answer
        assert found == status, f"{path} answered {found}, not {status}"

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.house.url)

    # what one does

    def press(self, label: str, status: int = 200, *, within: str = "body") -> None:
        """Press the button, or follow the link, with this label; the page that comes must have this status."""
        found = self._pressable(label, within)
        with self.page.expect_navigation():
            found.click()
        assert self.status == status, f"{label!r} led to {self.path} with {self.status}, not {status}"

    def _pressable(self, label: str, within: str) -> Locator:
        place = self.page.locator(within)
        exact = re.compile(rf"^\s*{re.escape(label)}\s*$")
        for name in (exact, label):
            for role in ("button", "link"):
                found = place.get_by_role(role, name=name)
                if found.count():
                    return found.first
        there = [one.inner_text().strip() for one in place.locator("button, a").all() if one.is_visible()]
        raise AssertionError(f"{self.path} has nothing to press called {label!r}, but {there}")

    def may_press(self, label: str) -> bool:
        """Is there a button or link with this label that is not greyed?"""
        return any(
            one.is_enabled() for role in ("button", "link") for one in self.page.get_by_role(role, name=label).all()
        )

    def fill(self, label: str, text: str) -> None:
        self.page.get_by_label(label).first.fill(text)

    def tick(self, label: str) -> None:
        self.set(self.page.get_by_label(label).first)

    def set(self, box: Locator, on: bool = True) -> None:
        """Tick a box or choose a radio by the keyboard."""
        if box.is_checked() != on:
            box.press("Space")
        expect(box).to_be_checked(checked=on)

    def upload(self, selector: str, files: list[dict[str, Any]]) -> None:
        self.page.locator(selector).set_input_files(files)

    @contextmanager
    def refused(self, status: int = 422) -> Iterator[None]:
        """A request of the page itself, not the page, is refused in here, as it should be."""
        before = len(self.faults)
        yield
        wanted = [fault for fault in self.faults[before:] if fault.endswith(f"answered {status}")]
        assert wanted, f"nothing was answered with {status}"
        self.faults[before:] = [fault for fault in self.faults[before:] if fault not in wanted]

    def download(self, label: str) -> bytes:
        """Follow a link that answers with a file."""
        with self.page.expect_download() as waiting:
            self._pressable(label, "body").click()
        return Path(waiting.value.path()).read_bytes()

    def fetch(self, path: str) -> bytes:
        """What the address answers, without leaving the page."""
        answer = self.context.request.get(self.house.url + path)
        assert answer.ok, f"{path} answered {answer.status}"
        return answer.body()

    def fill_by_keyboard(self, form: str, answer: Any, most: int = 1000) -> None:
        """Go through the form with the Tab key alone. `answer(name, kind, value)` says which keys to press (["Space"])
        or what to write ("…") in the control with this name, kind (radio, select-one, text …) and value; None: pass by.
        It stops at the end of the form, or when `most` controls are filled.
        """
        keys, filled = self.page.keyboard, 0
        self.page.locator(form).locator("input:not([type=hidden]), select, textarea").first.focus()
        seen: set[str] = set()
        while True:
            here = self.page.evaluate(
                "(form) => {const e = document.activeElement; return e && e.closest(form) ?"
                " {name: e.name || '', kind: e.type || e.tagName.toLowerCase(), id: e.id + (e.name || '') + (e.href || ''), value: e.value || ''} : null}",
                form,
            )
            if here is None or (here["id"] and here["id"] in seen) or filled == most:
                return
            seen.add(here["id"])
            given = answer(here["name"], here["kind"], here["value"]) if here["name"] else None
            if isinstance(given, str):
                if here["value"] != given:
                    keys.press("Control+A")
                    keys.insert_text(given)
                filled += 1
            elif given:
                for key in given:
                    keys.press(key)
                filled += 1
            keys.press("Tab")

    # what one sees

    def sees(self, *texts: str) -> None:
        for text in texts:
            try:
                expect(self.page.locator("body")).to_contain_text(text)
            except AssertionError:
                raise AssertionError(f"{self.path} does not say {text!r}, but:\n{self.text()[:3000]}") from None

    def text(self) -> str:
        """What the page itself says, without the menu."""
        return self.page.locator("main").first.inner_text()

    def sees_not(self, *texts: str) -> None:
        for text in texts:
            expect(self.page.locator("body")).not_to_contain_text(text)

    def waits_for(self, text: str, tries: int = 40) -> None:
        """Load the page again until it says so: work that goes on in the background."""
        for _ in range(tries):
            if text in self.page.locator("body").inner_text():
                return
            self.page.wait_for_timeout(500)
            self.page.reload()
        self.sees(text)

    def look(self, name: str) -> None:
        """Judge the page: a picture at both widths in Thai, axe in both languages, no wider than a telephone, no fault in
        the console. A page that is the answer to a form is judged in Thai only, because it cannot be fetched again.
        """
        assert not self.faults, "\n".join(self.faults)
        faults, self.judging = [], True
        screens.MADE.mkdir(parents=True, exist_ok=True)
        self._picture(screens.MADE / f"{name}-1440.png")
        faults += [f"th, 1440: {one}" for one in looking.violations(self.page)]
        faults += [f"th, still in English: {one}" for one in looking.still_english(self.page)]
        self.page.set_viewport_size(TELEPHONE)
        self._picture(screens.MADE / f"{name}-390.png")
        faults += [f"th, wider than 390: {one}" for one in looking.too_wide(self.page)]
        self.page.set_viewport_size(DESK)
        if self.method == "GET" and self.status == 200:
            faults += self._in_english()
        self.judging = False
        self.keep_picture(name)
        assert not faults, f"{name} ({self.path}):\n" + "\n".join(faults)
        assert not self.faults, "\n".join(self.faults)

    def links(self) -> list[str]:
        """The addresses of this site to which the page leads."""
        every = self.page.eval_on_selector_all(
            "a[href]", "all => all.map(one => new URL(one.getAttribute('href'), location).href)"
        )
        own = [one.removeprefix(self.house.url).split("#")[0] for one in every if one.startswith(self.house.url + "/")]
        return list(dict.fromkeys(own))

    def is_page(self, path: str) -> bool:
        """Does the address answer with a page, rather than with a file?"""
        answer = self.context.request.get(self.house.url + path)
        return answer.headers.get("content-type", "").startswith("text/html")

    def status_of(self, path: str) -> int:
        """How the address answers, without leaving the page."""
        return self.context.request.get(self.house.url + path).status

    def wrong(self) -> list[str]:
        """What is wrong with the page, as `look` judges it, without pictures."""
        self.judging = True
        faults = [f"th, 1440: {one}" for one in looking.violations(self.page)]
        faults += [f"th, still in English: {one}" for one in looking.still_english(self.page)]
        self.page.set_viewport_size(TELEPHONE)
        faults += [f"th, wider than 390: {one}" for one in looking.too_wide(self.page)]
        self.page.set_viewport_size(DESK)
        faults += self._in_english()
        self.judging = False
        return [f"{self.path} {one}" for one in faults + self.faults]

    def _picture(self, path: Path) -> None:
        """The page from its top, on a screen as tall as it is; of a very long one what one scrolls before tiring."""
        size = self.page.viewport_size
        assert size is not None
        tall = self.page.evaluate("() => document.documentElement.scrollHeight")
        self.page.set_viewport_size({"width": size["width"], "height": max(size["height"], min(tall, TALLEST))})
        self.page.evaluate("() => window.scrollTo(0, 0)")
        self.page.screenshot(path=path)
        self.page.set_viewport_size(size)

    def _in_english(self) -> list[str]:
        """The same page in English on a telephone, in a second tab, so that the first stays as it is."""
        cookie = {"name": LANGUAGE, "url": self.house.url, "httpOnly": True, "sameSite": "Lax"}
        self.context.add_cookies([{**cookie, "value": "en"}])  # type: ignore[list-item]
        tab = self.context.new_page()
        self._listen(tab)
        try:
            tab.set_viewport_size(TELEPHONE)
            tab.goto(self.page.url)
            assert tab.locator("html").get_attribute("lang") == "en", f"{self.path} is not in English"
            found = [f"en, 390: {one}" for one in looking.violations(tab)]
            return found + [f"en, wider than 390: {one}" for one in looking.too_wide(tab)]
        finally:
            tab.close()
            self.context.clear_cookies(name=LANGUAGE)

    def keep_picture(self, name: str) -> None:
        """Put the pictures that the docs show into docs/screens, when asked to by SADUAK_SCREENSHOTS=docs."""
        if os.environ.get("SADUAK_SCREENSHOTS") == "docs":
            screens.keep(name)


@dataclass
class Cast:
    """The people of a walk: cast("officer") is the same browser every time, cast("") a citizen without sign-in."""

    browser: Browser
    house: House
    there: dict[str, Walker] = field(default_factory=dict)

    def __call__(self, name: str) -> Walker:
        if name not in self.there:
            self.there[name] = Walker(self.browser, self.house, name)
        return self.there[name]

    def leave(self) -> None:
        """Close all browsers."""
        for one in self.there.values():
            one.context.close()
