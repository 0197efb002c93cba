"""Deliveries are counted once each, whoever delivers, and told as figures."""

import requests
import transaction
from collective.deliberation.publishing.client import Later
from collective.deliberation.publishing.deliverer import Deliverer
from collective.deliberation.publishing.outbox import peek
from collective.deliberation.publishing.tally import BOUNDS
from collective.deliberation.publishing.tally import counted
from collective.deliberation.publishing.tally import histogram
from collective.deliberation.publishing.tally import Tally
from prometheus_client.openmetrics.parser import text_string_to_metric_families
from time import time


def figures(sites):
    answer = requests.get(sites.address.removesuffix("/portal") + "/@@metrics", timeout=60)
    found = {}
    for family in text_string_to_metric_families(answer.text):
        for sample in family.samples:
            if sample.labels.get("desk") == "desk":
                labels = {name: each for name, each in sample.labels.items() if name != "desk"}
                found[(sample.name, *labels.values())] = sample.value
    return found


def test_deliveries_failures_and_their_times_are_told_by_any_client(sites, monkeypatch):
    item = sites.desk.item()
    transaction.commit()
    sites.desk.approve(item)
    sites.desk.do(sites.desk.meeting, "convene")
    moment = time() + 1000
    with monkeypatch.context() as patch:
        patch.setattr(
            "collective.deliberation.publishing.deliverer.carry_out",
            lambda site, job: Later("Le portail est injoignable"),
        )
        assert Deliverer(sites.db, clock=lambda: moment).run_once() == 1
    assert Deliverer(sites.db, clock=lambda: moment + 5000).run_once() == 2
    found = figures(sites)
    results = {each: found["deliberation_deliveries_total", each] for each in ("sent", "failed")}
    assert results == {"sent": 2, "failed": 1}
    assert found["deliberation_deliveries_total", "parked"] == 0
    assert found["deliberation_delivery_sending_seconds_count",] == 2
    assert found["deliberation_delivery_sending_seconds_bucket", "0.1"] == 2
    assert found["deliberation_delivery_waiting_seconds_count",] == 3
    assert found["deliberation_delivery_waiting_seconds_bucket", "300.0"] == 0
    assert found["deliberation_delivery_waiting_seconds_bucket", "1800.0"] == 1
    assert found["deliberation_delivery_waiting_seconds_bucket", "+Inf"] == 3


def test_what_two_deliverers_count_at_once_is_all_counted(sites):
    root = sites.app._p_jar.root()
    root["tally"] = Tally()
    transaction.commit()
    managers = [transaction.TransactionManager() for _deliverer in range(3)]
    connections = [sites.db.open(manager) for manager in managers]
    for seconds, connection in zip((0.0, 3.0, 90.0), connections, strict=True):
        tally = connection.root()["tally"]
        tally.count("sent")
        tally.measure("sending", seconds)
    for manager, connection in zip(managers, connections, strict=True):
        manager.commit()  # none meets a conflict
        connection.close()
    transaction.begin()
    tally = root["tally"]
    assert counted([tally, tally], "sent") == 6
    buckets, seconds = histogram([tally], "sending")
    assert seconds == 93.0
    assert [buckets[bound] for bound in BOUNDS] == [1, 1, 1, 2, 2, 2, 3, 3, 3, 3]
    assert peek(sites.desk.site) is None
