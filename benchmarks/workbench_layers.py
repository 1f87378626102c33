"""What a browser layer would add to the pages that the server draws: Vega-Lite, a graph library, htmx.

    python benchmarks/workbench_layers.py --record iran.detente

The same numbers three times: the timeline as our SVG and as Vega-Lite; the network as our SVG and by sigma; a decision on
a claim as a form with a new page and as a fragment by htmx. For each: bytes, milliseconds until it can be read (median of
five cold loads in Chromium), violations that axe-core finds, and whether it runs under the policy of our pages, which
forbids code made from strings. Libraries are brought by npm, pinned by sha512 as in `hatch_build.py`; needs the
development packages and Debian's chromium.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).parents[1]
CHROMIUM = os.environ.get("DETENTE_CHROMIUM", "/usr/bin/chromium")
LIBRARIES = (
    {"name": "htmx.org", "version": "2.0.7", "files": ["dist/htmx.min.js"],
     "integrity": "sha512-YiJqF3U5KyO28VC5mPfehKJPF+n1Gni+cupK+D69TF0nm7wY6AXn3a4mPWIikfAXtl1u1F1+ZhSCS7KT8pVmqA=="},
    {"name": "sigma", "version": "3.0.2", "files": ["dist/sigma.min.js"],
     "integrity": "sha512-/BUbeOwPGruiBOm0YQQ6ZMcLIZ6tf/W+Jcm7dxZyAX0tK3WP9/sq7/NAWBxPIxVahdGjCJoGwej0Gdrv0DxlQQ=="},
    {"name": "graphology", "version": "0.26.0", "files": ["dist/graphology.umd.min.js"],
     "integrity": "sha512-8SSImzgUUYC89Z042s+0r/vMibY7GX/Emz4LDO5e7jYXhuoWfHISPFJYjpRLUSJGq6UQ6xlenvX1p/hJdfXuXg=="},
)  # fmt: skip
HEAD = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>x</title></head><body><main><h1>x</h1>'


def hook() -> Any:
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pages(client: httpx.Client, libraries: dict[str, bytes]) -> dict[str, dict[str, bytes]]:
    """Name to the files of a page, '' the page itself."""
    import vl_convert

    spec = client.get("/chart/timeline.vl.json").text
    timeline, dyads = client.get("/timeline").text, client.get("/dyads").text
    chart = re.search(r'<figure class="time">.*?</figure>', timeline, re.S)
    network = re.search(r'<svg class="net".*?</svg>', dyads, re.S)
    assert chart and network, "the record holds no events between actors"
    edges = client.get("/export/dyads.json").json()
    css = client.get("/static/workbench.css").content
    style = HEAD.replace("</head>", '<link rel="stylesheet" href="/style.css"></head>')
    draw = f"vegaEmbed('#v', {spec}, {{renderer: 'svg', actions: false}}).then(() => {{document.title = 'ready'}})"
    sigma = (
        f"const rows = {json.dumps(edges)}, g = new graphology.Graph({{multi: true}}), names = [...new Set(rows.flatMap(r => [r.source, r.target]))];"
        "names.forEach((n, i) => g.addNode(n, {label: n, size: 6, x: Math.cos(2 * Math.PI * i / names.length), y: Math.sin(2 * Math.PI * i / names.length)}));"
        "rows.forEach(r => g.addEdge(r.source, r.target, {size: Math.sqrt(r.events)}));"
        "new Sigma(g, document.getElementById('g')); document.title = 'ready';"
    )
    bundle = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;").encode()
    return {
        "timeline, SVG of the server": {"": f"{style}{chart[0]}".encode(), "style.css": css},
        "timeline, Vega-Lite": {
            "": f'{HEAD}<div id="v"></div><script type="module" src="/all.js"></script><script type="module" src="/draw.js"></script>'.encode(),
            "all.js": bundle,
            "draw.js": draw.encode(),
        },
        "network, SVG of the server": {"": f"{style}{network[0]}".encode(), "style.css": css},
        "network, sigma": {
            "": f'{HEAD}<div id="g" style="height:540px"></div><script src="/graphology.js"></script><script src="/sigma.js"></script><script src="/draw.js"></script>'.encode(),
            "graphology.js": libraries["graphology"],
            "sigma.js": libraries["sigma"],
            "draw.js": sigma.encode(),
        },
    }


def measure(browser: Any, files: dict[str, bytes], axe: str, drawn: str, policy: str) -> tuple[float, int, bool]:
    """Milliseconds until the picture is there, axe violations, whether it is there at all."""
    context = browser.new_context()
    page = context.new_page()
    kinds = {"js": "text/javascript", "css": "text/css", "": "text/html"}

    def answer(route: Any) -> None:
        name = route.request.url.rpartition("/")[2]
        body = files.get(name)
        kind = kinds[name.rpartition(".")[2]]
        route.fulfill(
            body=body or b"", content_type=kind, headers={"content-security-policy": policy} if policy else {}
        )

    page.route("**/*", answer)
    try:
        page.goto("http://layers.invalid/")
        page.wait_for_selector(drawn, timeout=20_000)
        took = page.evaluate("performance.now()")
    except Exception:
        return 0.0, 0, False
    else:
        page.evaluate(axe) if not policy else None
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"] if not policy else []
        return took, len(found), True
    finally:
        context.close()


def decision(browser: Any, url: str, document: str) -> tuple[float, int, int]:
    """Milliseconds from the key to the claim that is shown as accepted; bytes of the new page, and of the claim alone."""
    page = browser.new_page()
    page.goto(f"{url}document/{document}")
    page.keyboard.press("j")
    card = page.locator(".card.here")
    claim = card.get_attribute("data-claim")
    page.locator(".card.here summary").click()
    page.locator(".card.here input[name=by]").fill("Ana")
    before = page.evaluate("Date.now()")
    page.locator(".card.here button[value=accept]").click()
    page.wait_for_selector(f"#c-{claim} .state.s-accepted")
    took = page.evaluate("Date.now()") - before
    whole = len(page.content().encode())
    alone = len(page.locator(f"#c-{claim}").evaluate("e => e.outerHTML").encode())
    page.close()
    return took, whole, alone


@contextmanager
def serving(record: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "detente", "serve", str(record), "--port", "0", "--no-open"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        found = re.search(r"http://\S+", process.stdout.readline())
        assert found
        try:
            yield found[0]
        finally:
            process.kill()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--record", type=Path, required=True)
    asked = parser.parse_args()
    from playwright.sync_api import sync_playwright

    from detente import Record
    from detente.workbench.safety import CSP

    axe = (ROOT / "tests" / "workbench" / "vendor" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    bring = hook().bring
    with tempfile.TemporaryDirectory() as place:
        libraries = {}
        for library in LIBRARIES:
            bring(library, Path(place) / str(library["name"]))
            libraries[library["name"]] = (
                Path(place) / str(library["name"]) / Path(library["files"][0]).name
            ).read_bytes()
    import gzip

    with serving(asked.record) as url, sync_playwright() as player, httpx.Client(base_url=url, timeout=60) as client:
        browser = player.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        print(f"{'':<30} {'kB':>6} {'gzip':>6} {'ready ms':>9} {'axe':>4}  under our policy")
        for name, files in pages(client, libraries).items():
            drawn = "svg.bars, svg.net, #v svg, #g canvas"
            taken = [measure(browser, files, axe, drawn, "") for _ in range(5)]
            strict = measure(browser, files, axe, drawn, CSP)[2]
            size, packed = (
                sum(f(body) for body in files.values()) / 1000 for f in (len, lambda b: len(gzip.compress(b)))
            )
            ready = statistics.median(t for t, _, _ in taken)
            print(
                f"{name:<30} {size:6.0f} {packed:6.0f} {ready:9.0f} {taken[0][1]:4}  {'drawn' if strict else 'not drawn'}"
            )
        with Record(asked.record) as record:
            document = max(record.documents(), key=lambda d: d.events).id
        took, whole, alone = zip(*(decision(browser, url, document) for _ in range(3)), strict=True)
        print(f"a decision by a form and a new page: {statistics.median(took):.0f} ms, {whole[0] / 1000:.0f} kB")
        print(
            f"the claim alone, as htmx would fetch it: {alone[0] / 1000:.1f} kB, and {len(libraries['htmx.org']) / 1000:.0f} kB of htmx once"
        )
        browser.close()


if __name__ == "__main__":
    main()
