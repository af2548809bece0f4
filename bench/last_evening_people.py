"""Who is at work on the last evening, for Locust: writers whose pages save by themselves, and heads who hand in.

Started by `last_evening.py`, which makes the house and checks afterwards that nothing was lost. LAST_EVENING names the
file that says who they are; what they were promised is written beside it.
"""

import json
import os
import random
import re
from itertools import count
from pathlib import Path
from typing import Any

from locust import FastHttpUser, constant_pacing, events, task

PLAN: dict[str, Any] = json.loads(Path(os.environ["LAST_EVENING"]).read_text(encoding="utf-8"))
SAVES_EVERY = 10  # seconds
SUBMITS_A_MINUTE = PLAN["submits_a_minute"]
SUBMITTERS = PLAN["submitters"]
SECRET = "a" * 32  # Django compares the cookie with the header; any secret of this length will do
promised: dict[str, dict[str, str]] = {}
handed_in: list[str] = []
complaints: list[str] = []
waiting_writers = iter(PLAN["writers"])
waiting_drafts = iter(PLAN["drafts"])


def headers(cookie: str) -> dict[str, str]:
    return {"Cookie": f"{cookie}; csrftoken={SECRET}", "X-CSRFToken": SECRET}


class Writer(FastHttpUser):
    """Has a page of the form open and writes; the page saves what was touched every ten seconds."""

    fixed_count = len(PLAN["writers"])
    wait_time = constant_pacing(SAVES_EVERY)

    def on_start(self) -> None:
        me = next(waiting_writers)
        self.number, self.headers = me["number"], headers(me["cookie"])
        self.turns = count(1)
        promised[self.number] = {}
        page = self.client.get(
            f"/applications/{self.number}/sections/{PLAN['section']}/", headers=self.headers, name="open a page"
        ).text
        self.state = re.search(r'name="state" value="([^"]*)"', page)[1].replace("&quot;", '"')
        self.editor = re.search(r'name="editor" value="([^"]*)"', page)[1]

    @task
    def save(self) -> None:
        item, turn = random.choice(PLAN["items"]), next(self.turns)
        text = f"จัดให้มีป้ายและจุดบริการครบถ้วน ตรวจครั้งที่ {turn} ของ {self.number}"
        with self.client.post(
            f"/applications/{self.number}/save/",
            data={"state": self.state, "editor": self.editor, f"j:{item}": text},
            headers={**self.headers, "Accept": "application/json", "X-Saduak-Autosave": "1"},
            name="autosave",
            catch_response=True,
        ) as response:
            answer = response.json() if response.status_code == 200 else {}
            if "saved_at" not in answer or answer.get("errors") or answer.get("notices"):
                complaints.append(f"{self.number}: {response.status_code} {str(response.text)[:300]}")
                response.failure("not saved")
                return
            self.state = json.dumps(json.loads(self.state) | answer["merge"]["state"])
            promised[self.number][item] = text


class Submitter(FastHttpUser):
    """Heads who hand in, one after the other; every tenth clicks twice."""

    fixed_count = SUBMITTERS
    wait_time = constant_pacing(60 * SUBMITTERS / SUBMITS_A_MINUTE)

    @task
    def submit(self) -> None:
        draft = next(waiting_drafts, None)
        if draft is None:
            return
        self.hand_in(draft, "submit")
        if len(handed_in) % 10 == 0:
            self.hand_in(draft, "submit, second click")

    def hand_in(self, draft: dict[str, str], name: str) -> None:
        with self.client.post(
            f"/applications/{draft['number']}/submit/",
            data={"endorse": "on"},
            headers=headers(draft["cookie"]),
            name=name,
            catch_response=True,
            allow_redirects=False,
        ) as response:
            if response.status_code != 302:
                complaints.append(f"{draft['number']}: {response.status_code} {str(response.text)[:300]}")
                response.failure("not handed in")
            elif name == "submit":
                handed_in.append(draft["number"])


@events.quitting.add_listener
def keep(environment: Any, **_more: Any) -> None:
    rows = [
        {
            "name": entry.name,
            "requests": entry.num_requests,
            "failures": entry.num_failures,
            "a second": entry.total_rps,
            **{f"p{part * 100:.0f}": entry.get_response_time_percentile(part) for part in (0.5, 0.95, 0.99)},
            "longest": entry.max_response_time,
        }
        for entry in environment.stats.entries.values()
    ]
    found = {"rows": rows, "promised": promised, "handed_in": handed_in, "complaints": complaints[:20]}
    Path(os.environ["LAST_EVENING"] + ".found").write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
