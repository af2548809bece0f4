"""Official holidays by year, from the `holidays` package; run as a module to write them to `holidays.json`."""

import importlib
import json
from pathlib import Path

YEARS = range(2010, 2046)
"""The years (C.E.) kept in the table: evidence and letters back to 2553, plans to 2588."""

_LABOUR_DAY = "วันแรงงานแห่งชาติ"


def of_year(year: int) -> dict[str, list[str]]:
    """The official holidays of `year` (C.E.): "MM-DD" to the name in Thai and in English. Takes about a second."""
    package = importlib.import_module("holidays")  # slow: only when a year is not in the table
    names: list[dict[str, str]] = []
    for language in ("th", "en_US"):
        calendar = package.country_holidays("TH", years=year, language=language, categories=("public", "government"))
        names.append({f"{day:%m-%d}": name for day, name in sorted(calendar.items())})
    thai, english = names
    return {day: [name, english[day]] for day, name in thai.items() if not _only_labour_day(name)}


def _only_labour_day(thai_name: str) -> bool:
    return all(_LABOUR_DAY in part for part in thai_name.split(";"))


if __name__ == "__main__":
    years = [f'"{year}": {json.dumps(of_year(year), ensure_ascii=False)}' for year in YEARS]
    Path(__file__).with_name("holidays.json").write_text("{\n" + ",\n".join(years) + "\n}\n", encoding="utf-8")
