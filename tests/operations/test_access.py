"""Who may read health and figures."""

import pytest
from collective.deliberation.operations.access import allowed


def asks(sender="127.0.0.1", path="/@@metrics", **more):
    return {"REMOTE_ADDR": sender, "PATH_INFO": path, **more}


@pytest.mark.parametrize(
    ("request_", "authorization", "settings", "may"),
    [
        (asks(), None, {}, True),
        (asks("::1"), None, {}, True),
        (asks("192.0.2.7"), None, {}, False),
        (asks("not an address"), None, {}, False),
        (asks(HTTP_X_FORWARDED_FOR="203.0.113.9"), None, {}, False),
        (asks(HTTP_FORWARDED="for=203.0.113.9"), None, {}, False),
        (asks(path="/VirtualHostBase/https/x:443/VirtualHostRoot/@@metrics"), None, {}, False),
        (asks("10.1.2.3"), None, {"DELIBERATION_OPERATIONS_FROM": "192.0.2.7 10.1.0.0/16"}, True),
        (asks("10.2.2.3"), None, {"DELIBERATION_OPERATIONS_FROM": "192.0.2.7 10.1.0.0/16"}, False),
        (asks("10.2.2.3"), None, {"DELIBERATION_OPERATIONS_FROM": "everywhere"}, False),
        (asks("192.0.2.7"), "Bearer s3cret", {"DELIBERATION_OPERATIONS_TOKEN": "s3cret"}, True),
        (asks("192.0.2.7"), "Bearer other", {"DELIBERATION_OPERATIONS_TOKEN": "s3cret"}, False),
        (asks("192.0.2.7"), "Bearer ", {"DELIBERATION_OPERATIONS_TOKEN": ""}, False),
        (asks("192.0.2.7"), None, {"DELIBERATION_OPERATIONS_TOKEN": ""}, False),
    ],
)
def test_who_asks_directly_from_a_named_place_or_knows_the_secret(
    request_, authorization, settings, may
):
    assert allowed(request_, authorization, settings) is may
