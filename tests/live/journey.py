"""An annex on its way over HTTP: from an agent's form to a citizen's download, without holding it here either."""

import hashlib
import re
import requests
import shutil
from collective.deliberation.publishing.signatures.keys import keys_of
from collective.deliberation.publishing.signatures.signing import PortalAuth
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit


PASSWORD = "deliberation"
BOUNDARY = "a-boundary-that-no-noise-holds"
TIMEOUT = 600  # seconds


@dataclass(frozen=True, slots=True)
class Journey:
    """``desk`` and ``portal`` are addresses of sites; ``meeting`` is a path at the desk."""

    desk: str
    portal: str
    meeting: str

    def call(self, method: str, path: str, user: str, **arguments) -> dict:
        answer = requests.request(
            method,
            self.desk + path,
            auth=(user, PASSWORD),
            headers={"Accept": "application/json"},
            timeout=TIMEOUT,
            **arguments,
        )
        assert answer.status_code < 300, (method, path, answer.status_code, answer.text[:2000])
        return answer.json() if answer.content else {}

    def add_item(self, title: str) -> tuple[str, str]:
        """Its path and its UID."""
        text = {"data": "<p>Vu la demande ;</p>", "content-type": "text/html"}
        fields = {"@type": "Item", "title": title, "category": "Travaux"}
        fields |= {"motivation": text, "draftDecision": text}
        made = self.call("POST", self.meeting, "agent", json=fields)
        return made["@id"].removeprefix(self.desk), made["UID"]

    def upload(self, item: str, file: Path) -> str:
        """Fill in the form of a new annex as a browser does; the annex's path."""
        url = f"{self.desk}{item}/++add++Annex"
        session = requests.Session()
        session.auth = ("agent", PASSWORD)
        session.headers["Accept"] = "text/html"
        page = session.get(url, timeout=TIMEOUT).text
        fields = {
            "_authenticator": re.search(r'name="_authenticator"[^>]*value="([0-9a-f]+)"', page)[1],
            "form.widgets.title": "Plan",
            "form.widgets.category:list": "annex",
            "form.buttons.save": "Save",
        }
        body = file.with_suffix(".body")
        with open(body, "wb") as out, open(file, "rb") as stream:
            for name, value in fields.items():
                out.write(_part(f'name="{name}"') + value.encode() + b"\r\n")
            out.write(_part('name="form.widgets.file"; filename="plan.pdf"', "application/pdf"))
            shutil.copyfileobj(stream, out)
            out.write(f"\r\n--{BOUNDARY}--\r\n".encode())
        with open(body, "rb") as stream:
            answer = session.post(
                url,
                data=stream,
                headers={"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"},
                timeout=TIMEOUT,
                allow_redirects=False,
            )
        body.unlink()
        assert answer.status_code == 302, (answer.status_code, answer.text[-2000:])
        path = urlsplit(answer.headers["Location"]).path.removesuffix("/view")
        return path.removeprefix(urlsplit(self.desk).path)

    def do(self, path: str, *steps: tuple[str, str]) -> None:
        for transition, user in steps:
            self.call("POST", f"{path}/@workflow/{transition}", user, json={"comment": "Motif"})

    def published(self, uid: str) -> dict | None:
        """What the portal says of an object."""
        url = f"{self.portal}/@published?institution=valbourg&b_size=1000"
        account = PortalAuth("valbourg", ("publisher", PASSWORD), keys_of)
        entries = requests.get(url, auth=account, timeout=TIMEOUT).json()["items"]
        return next((entry for entry in entries if entry["uid"] == uid), None)

    def copy(self, annex: str) -> tuple[str, int]:
        """SHA-256 and size of the public copy at the desk."""
        return digest(f"{self.desk}{annex}/@@annex-public-copy", ("clerk", PASSWORD))

    def address(self, item_uid: str, annex_uid: str) -> str:
        """Where a citizen gets an annex of a published item."""
        path = urlsplit(self.published(item_uid)["url"]).path
        path = path.removeprefix(urlsplit(self.portal).path)
        return f"{self.portal}{path}/annexes/{annex_uid[:8]}.pdf"


def digest(url: str, auth: tuple[str, str] | None = None) -> tuple[str, int]:
    found, size = hashlib.sha256(), 0
    with requests.get(url, auth=auth, stream=True, timeout=TIMEOUT) as answer:
        assert answer.status_code == 200, (url, answer.status_code)
        for chunk in answer.iter_content(1 << 18):
            found.update(chunk)
            size += len(chunk)
    return found.hexdigest(), size


def _part(disposition: str, kind: str = "text/plain; charset=utf-8") -> bytes:
    head = f"Content-Disposition: form-data; {disposition}\r\nContent-Type: {kind}\r\n\r\n"
    return f"--{BOUNDARY}\r\n{head}".encode()
