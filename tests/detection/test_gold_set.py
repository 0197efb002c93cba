"""The gold set is what its README says: enough, valid, and annotated where the text says."""

import gold_set
import pytest
import re
from collections import Counter
from collective.deliberation.pseudonym import plaintext
from gold_set import CATEGORIES
from gold_set import FOLDER
from lxml import etree


TUNE = gold_set.load(FOLDER / "tune")
HELDOUT = gold_set.load(FOLDER / "heldout")
FRESH = gold_set.load(FOLDER / "fresh")
UNREAD = gold_set.load(FOLDER / "unread")
DOCUMENTS = TUNE + HELDOUT + FRESH + UNREAD
PATHS = sorted(FOLDER.glob("*/*.html"))


def ids(documents):
    return [document.id for document in documents]


def spans_of(category):
    return [
        pytest.param(span.text, id=f"{document.id}-{span.start}")
        for document in DOCUMENTS
        for span in document.masks
        if span.category == category
    ]


def national_number_is_valid(text):
    digits = re.sub(r"\D", "", text)
    year, month, day = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    checks = {97 - int(century + digits[:9]) % 97 for century in ("", "2")}
    month %= 20  # a BIS number adds 20 or 40
    return (
        len(digits) == 11 and 0 <= year and month <= 12 and day <= 31 and int(digits[9:]) in checks
    )


def iban_is_valid(text):
    bare = re.sub(r"[\s.-]", "", text)
    moved = bare[4:] + bare[:4]
    if int("".join(str(int(character, 36)) for character in moved)) % 97 != 1:
        return False
    if not bare.startswith("BE"):
        return re.fullmatch(r"(?:DE\d{20}|FR\w{25}|LU\w{18}|NL\w{16})", bare) is not None
    account = bare[4:]
    national = int(account[:10]) % 97 or 97
    return re.fullmatch(r"BE\d{14}", bare) is not None and national == int(account[10:])


def test_there_are_enough_documents_of_enough_kinds_and_every_kind_is_in_both_halves():
    assert len(DOCUMENTS) >= 60
    assert abs(len(TUNE) - len(HELDOUT)) <= 2
    assert len(FRESH) >= 40 and len(UNREAD) >= 10
    assert len({document.kind for document in DOCUMENTS}) >= 12
    assert {document.kind for document in TUNE} == {document.kind for document in HELDOUT}


def test_every_document_has_its_own_id_and_a_roster():
    assert len(set(ids(DOCUMENTS))) == len(DOCUMENTS) == len(PATHS)
    for document in DOCUMENTS:
        assert document.roster["mandataires"], document.id
        for person in document.roster["mandataires"] + document.roster["officiers"]:
            assert set(person) == {"name", "function", "from", "to"}, document.id


def test_no_commune_is_in_both_halves():
    def names(documents):
        return {
            person["name"] for document in documents for person in document.roster["mandataires"]
        }

    assert not names(TUNE) & names(HELDOUT)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_file_is_well_formed(path):
    source = path.read_text(encoding="utf-8").replace("&nbsp;", "&#160;")
    source = re.sub(
        r"&(eacute|egrave|agrave|ecirc|ccedil|shy|rsquo|laquo|raquo|deg|euro|ndash);", " ", source
    )
    etree.fromstring(f"<div>{source}</div>")
    assert "[[" not in source and "{" not in source.partition("-->")[2]


@pytest.mark.parametrize("document", DOCUMENTS, ids=ids(DOCUMENTS))
def test_annotations_say_where_their_text_is_and_leave_no_trace(document):
    for span in document.masks + document.publics:
        assert document.text[span.start : span.end] == span.text
        assert span.text == span.text.strip() and span.text
        assert "\n\n" not in span.text
    assert "gold-" not in document.html
    assert gold_set.plain_text(document.html) == document.text
    assert plaintext.plain(document.html) == document.text


@pytest.mark.parametrize("document", DOCUMENTS, ids=ids(DOCUMENTS))
def test_annotations_do_not_overlap(document):
    spans = sorted(document.masks + document.publics, key=lambda span: span.start)
    for before, after in zip(spans, spans[1:], strict=False):
        assert before.end <= after.start


def test_every_category_occurs_often_enough_in_both_halves():
    for documents, least in ((DOCUMENTS, 8), (TUNE, 4), (HELDOUT, 4), (FRESH, 6)):
        found = Counter(span.category for document in documents for span in document.masks)
        assert set(found) == CATEGORIES
        assert min(found.values()) >= least, found
    assert any(not document.masks for document in TUNE)
    assert any(not document.masks for document in HELDOUT)


@pytest.mark.parametrize("text", spans_of("NRN"))
def test_national_numbers_are_valid(text):
    assert national_number_is_valid(text)


@pytest.mark.parametrize("text", spans_of("IBAN"))
def test_accounts_are_valid(text):
    assert iban_is_valid(text)
