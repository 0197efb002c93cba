"""Health and figures over HTTP."""

import pytest
import requests
import transaction
from collective.deliberation.publishing.outbox import outbox
from prometheus_client.openmetrics.parser import text_string_to_metric_families


@pytest.fixture()
def root(live_desk):
    return live_desk.base.rpartition("/")[0]


def figures(root):
    answer = requests.get(f"{root}/@@metrics", timeout=60)
    assert answer.headers["Content-Type"].startswith("application/openmetrics-text")
    return {family.name: family for family in text_string_to_metric_families(answer.text)}


def test_a_client_that_is_well_says_so_and_names_what_it_looked_at(root):
    answer = requests.get(f"{root}/@@health", timeout=60)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    checks = answer.json()["checks"]
    assert checks["site desk"] == checks["site portal"] == checks["database"] == "ok"
    assert requests.get(f"{root}/@@health?live", timeout=60).json()["checks"] == {"process": "ok"}


def test_a_client_whose_site_is_broken_gets_no_work_but_is_alive(live_desk, root):
    live_desk.site._delOb("portal_catalog")
    transaction.commit()
    answer = requests.get(f"{root}/@@health", timeout=60)
    assert answer.status_code == 503
    assert answer.json()["checks"]["site desk"] == "AttributeError"
    assert requests.get(f"{root}/@@health?live", timeout=60).status_code == 200


@pytest.mark.parametrize("name", ["@@health", "@@metrics"])
def test_through_a_proxy_there_is_nothing(root, name):
    through = {"X-Forwarded-For": "203.0.113.9"}
    assert requests.get(f"{root}/{name}", headers=through, timeout=60).status_code == 404
    assert requests.get(f"{root}/portal/{name}", timeout=60).status_code == 404


def test_figures_tell_the_queue_and_the_process_and_parse_as_openmetrics(live_desk, root):
    box = outbox(live_desk.site)
    known = box.known("a" * 32, "valbourg")
    job = {"kind": "item", "action": "put", "institution": "valbourg", "revision": 1}
    box.add(known, uid="a" * 32, **job)
    box.add(box.known("b" * 32, "valbourg"), "no", uid="b" * 32, **job)
    box.jobs[known.pending[0]].created -= 100
    transaction.commit()
    found = figures(root)
    jobs = {
        sample.labels["state"]: sample.value
        for sample in found["deliberation_jobs"].samples
        if sample.labels["desk"] == "desk"
    }
    assert jobs == {"waiting": 1, "sending": 0, "failed": 0, "parked": 1}
    (age,) = found["deliberation_oldest_job_age_seconds"].samples
    assert 100 <= age.value < 200
    assert found["deliberation_oldest_job_age_seconds"].unit == "seconds"
    assert found["deliberation_answers"].type == "counter"
    assert found["deliberation_memory_peak_bytes"].samples[0].value > 2**20
