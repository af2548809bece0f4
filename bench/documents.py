"""How long a document takes, beside a floor measured in the same run: `python bench/documents.py [times]`.

Processor time, so that neighbours on the machine do not count. The floor is one page of typst with one Thai sentence, without PDF/A, from the same fonts.
"""

import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "saduak.config.settings")
os.environ.setdefault("SADUAK_DEMO", "1")
os.environ.setdefault("SADUAK_DATA", tempfile.mkdtemp())
sys.path.insert(0, str(Path(__file__).parents[1]))

import django
import typst

django.setup()

from saduak.documents import configuration, keys, payloads, signing  # noqa: E402 - settings come first
from saduak.documents.tests import examples  # noqa: E402 - settings come first
from saduak.documents.typesetting import typeset  # noqa: E402 - settings come first
from saduak.kernel import clock  # noqa: E402 - settings come first


def median_ms(work: Callable[[int], object], times: int) -> float:
    work(-1)
    taken = []
    for number in range(times):
        began = time.process_time()
        work(number)
        taken.append((time.process_time() - began) * 1000)
    return statistics.median(taken)


def main(times: int) -> None:
    at = clock.now()
    fonts = typst.Fonts(False, False, [str(configuration.fonts_folder())])
    plain = '#set text(font: "Sarabun", lang: "th")\nศูนย์ราชการสะดวก '

    def floor(number: int) -> object:
        source = f"{plain}{number}".encode()
        return typst.Compiler(input=source, font_paths=fonts, ignore_system_fonts=True).compile(format="pdf")

    keys.make_demonstration_key(Path(os.environ["SADUAK_DATA"]) / "keys")
    folder = configuration.SigningSettings(Path(os.environ["SADUAK_DATA"]) / "keys")
    key, known = keys.load_signing_key(folder), keys.verification_keys(folder)
    rows: list[tuple[str, float]] = [("floor: one sentence", median_ms(floor, times))]
    for name, data in examples.ALL.items():
        rows.append(
            (
                name,
                median_ms(
                    lambda n, t=name, d=data: typeset(t, {**d, "number": f"{d.get('number', '')}{n}"}, at=at), times
                ),
            )
        )
    certificate = typeset("certificate", examples.CERTIFICATE, at=at)
    signed = signing.sign_pdf(certificate, key=key, at=at)
    token = payloads.sign_payload({"n": "GECC-2565-7K4M9", "c": "ศูนย์ราชการสะดวก"}, key=key, at=at)
    rows += [
        ("sign a certificate", median_ms(lambda n: signing.sign_pdf(certificate, key=key, at=at), times)),
        ("check its signature", median_ms(lambda n: signing.check_signature(signed, keys=known), times)),
        ("sign a QR payload", median_ms(lambda n: payloads.sign_payload({"n": n}, key=key, at=at), times)),
        ("check a QR payload", median_ms(lambda n: payloads.check_payload(token, keys=known), times)),
    ]
    least = rows[0][1]
    print(f"| median of {times} | ms of processor | times the floor |\n|---|---:|---:|")
    for label, taken in rows:
        print(f"| {label} | {taken:.1f} | {taken / least:.1f} |")
    print(f"\npeak memory of the process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
