"""Hostile spellings: the ways a name may stand in a text and still be read, by a person or a search engine.

A spelling is a function from a canary to HTML or plain text, or to None where it says nothing of that
canary (a telephone number has no initials). ``TEXT`` are characters only and can stand in any field;
``MARKUP`` needs a rich text.
"""

import base64
import html
import re
import unicodedata
import urllib.parse
from canary.canaries import Canary
from collections.abc import Callable
from itertools import cycle


Spelling = Callable[[Canary], str | None]
TEXT: dict[str, Spelling] = {}
MARKUP: dict[str, Spelling] = {}


def _text(spelling: Spelling) -> Spelling:
    TEXT[spelling.__name__] = spelling
    return spelling


def _markup(spelling: Spelling) -> Spelling:
    MARKUP[spelling.__name__] = spelling
    return spelling


def _between(text: str, signs: str) -> str:
    """A sign after every letter but the last of each word, in turn."""
    turn = cycle(signs)
    return re.sub(r"(?<=\w)(?=\w)", lambda match: next(turn), text)


def _mapped(text: str, source: str, target: str) -> str | None:
    result = text.translate(str.maketrans(source, target))
    return result if result != text else None


def _shifted(text: str, upper: int, lower: int, digit: int = 0) -> str:
    """Plain letters moved to another alphabet of the same order."""
    bare = _bare(text)
    moved = []
    for sign in bare:
        if sign.isascii() and sign.isupper():
            sign = chr(upper + ord(sign) - ord("A"))
        elif sign.isascii() and sign.islower():
            sign = chr(lower + ord(sign) - ord("a"))
        elif sign.isdigit() and digit:
            sign = chr(digit + int(sign))
        moved.append(sign)
    return "".join(moved)


def _bare(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def _words(canary: Canary) -> tuple[str, str] | None:
    """The form in two parts, cut at a space."""
    head, _, tail = canary.form.partition(" ")
    return (head, tail) if tail else None


# --- case, accents, alphabets --------------------------------------------------------------------


@_text
def as_marked(canary):
    return canary.form


@_text
def capitals(canary):
    return canary.form.upper()


@_text
def small_letters(canary):
    return canary.form.lower()


@_text
def capitals_swapped(canary):
    return canary.form.swapcase()


@_text
def without_accents(canary):
    return _bare(canary.form)


@_text
def accents_decomposed(canary):
    return unicodedata.normalize("NFD", canary.form)


@_text
def accents_doubled(canary):
    return re.sub(r"(\w)", "\\1\u0323\u0331", canary.form)


@_text
def cyrillic_lookalikes(canary):
    return _mapped(canary.form, "aceopxyijsABCEHKMOPTX", "асеорхуіјѕАВСЕНКМОРТХ")


@_text
def greek_lookalikes(canary):
    return _mapped(canary.form, "oABEZHIKMNOPTYX", "οΑΒΕΖΗΙΚΜΝΟΡΤΥΧ")


@_text
def full_width(canary):
    return _shifted(canary.form, 0xFF21, 0xFF41, 0xFF10)


@_text
def mathematical_bold(canary):
    return _shifted(canary.form, 0x1D400, 0x1D41A, 0x1D7CE)


@_text
def mathematical_fraktur(canary):
    return _shifted(canary.form, 0x1D56C, 0x1D586)


@_text
def mathematical_monospace(canary):
    return _shifted(canary.form, 0x1D670, 0x1D68A, 0x1D7F6)


@_text
def circled(canary):
    return _shifted(canary.form, 0x24B6, 0x24D0)


@_text
def squared(canary):
    return _shifted(canary.form.upper(), 0x1F130, 0x1F130)


@_text
def small_capitals(canary):
    return _mapped(_bare(canary.form).lower(), "abcdeghijklmnoprtuvwz", "ᴀʙᴄᴅᴇɢʜɪᴊᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡᴢ")


@_text
def digits_of_other_scripts(canary):
    return _mapped(canary.form, "0123456789", "٠١٢٣٤٥٦٧٨٩")


@_text
def superscript_digits(canary):
    return _mapped(canary.form, "0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


# --- spaces and invisible signs ------------------------------------------------------------------


@_text
def non_breaking_spaces(canary):
    return canary.form.replace(" ", "\u00a0")


@_text
def narrow_spaces(canary):
    return canary.form.replace(" ", "\u202f\u2009")


@_text
def many_spaces(canary):
    return canary.form.replace(" ", "   ")


@_text
def line_feeds(canary):
    return canary.form.replace(" ", "\n")


@_text
def carriage_returns_and_tabs(canary):
    return canary.form.replace(" ", "\r\n\t")


@_text
def zero_width_spaces(canary):
    return _between(canary.form, "\u200b")


@_text
def joiners(canary):
    return _between(canary.form, "\u200c\u200d\u2060\ufeff")


@_text
def soft_hyphens(canary):
    return _between(canary.form, "\u00ad")


@_text
def grapheme_joiners_and_variation_selectors(canary):
    return _between(canary.form, "\u034f\ufe0f")


@_text
def right_to_left_marks(canary):
    return _between(canary.form, "\u200f\u200e\u061c")


@_text
def bidirectional_isolates(canary):
    return "\u2066\u202a" + canary.form.replace(" ", "\u202c\u2069 \u2068") + "\u2069"


@_text
def invisible_letters(canary):
    return _between(canary.form, "\u3164\u115f")


@_text
def tag_characters(canary):
    return _between(canary.form, "\U000e0041\U000e0042")


@_text
def letter_spaced(canary):
    return " ".join(canary.form.replace(" ", ""))


@_text
def letter_spaced_unbreakable(canary):
    return "\u00a0".join(canary.form.replace(" ", ""))


# --- punctuation ---------------------------------------------------------------------------------


@_text
def unicode_hyphens(canary):
    return re.sub("[- ]", "\u2010", canary.form)


@_text
def non_breaking_hyphens(canary):
    return re.sub("[- ]", "\u2011", canary.form)


@_text
def dashes(canary):
    return re.sub("[- ]", " \u2013 ", canary.form)


@_text
def curly_apostrophes(canary):
    return _mapped(canary.form, "'", "\u2019")


@_text
def modifier_apostrophes(canary):
    return _mapped(canary.form, "'", "\u02bc")


@_text
def primes_and_backticks(canary):
    return _mapped(canary.form, "'", "\u2032")


@_text
def underscores(canary):
    return canary.form.replace(" ", "_")


@_text
def dots_between(canary):
    return canary.form.replace(" ", ".")


@_text
def in_quotes_and_brackets(canary):
    return f"«\u00a0{canary.form}\u00a0» ({canary.form})"


@_text
def cut_at_the_end_of_a_line(canary):
    word = max(re.findall(r"\w+", canary.form), key=len)
    if len(word) < 6 or not word.isalpha():
        return None
    return canary.form.replace(word, f"{word[:4]}-\n{word[4:]}")


@_text
def cut_with_a_unicode_hyphen(canary):
    word = max(re.findall(r"\w+", canary.form), key=len)
    if len(word) < 6 or not word.isalpha():
        return None
    return canary.form.replace(word, f"{word[:4]}\u2010\n{word[4:]}")


# --- other order, shorter, glued -----------------------------------------------------------------


@_text
def surname_first(canary):
    return f"{canary.surname} {canary.given}" if canary.is_person else None


@_text
def surname_first_in_capitals_with_a_comma(canary):
    return f"{canary.surname.upper()}, {canary.given}" if canary.is_person else None


@_text
def initial_and_surname(canary):
    return f"{canary.given[0]}. {canary.surname}" if canary.is_person else None


@_text
def surname_and_initial(canary):
    return f"{canary.surname.upper()} {canary.given[0]}." if canary.is_person else None


@_text
def civility_and_surname(canary):
    heads = {"f": "Mme", "m": "M."}
    return f"{heads[canary.gender]} {canary.surname}" if canary.is_person else None


@_text
def long_civility(canary):
    heads = {"f": "Madame", "m": "Monsieur"}
    return f"{heads[canary.gender]}\u00a0{canary.surname.upper()}" if canary.is_person else None


@_text
def glued(canary):
    return re.sub(r"\W", "", canary.form).lower()


@_text
def camel_case(canary):
    """In short texts only, such as titles and file names; longer ones aren't cut into words so."""
    if not canary.is_person:
        return None
    words = re.findall(r"\w+", f"{canary.surname} {canary.given}")
    return "Dossier" + "".join(word[0].upper() + word[1:] for word in words)


@_text
def in_a_file_name(canary):
    return f"2026-11_avis_{re.sub(r'[^-@.+°/0-9A-Za-zÀ-ɏḀ-ỿ]', '_', canary.form)}_v2.pdf"


@_text
def digits_run_together(canary):
    run = re.sub(r"[\s./-]", "", canary.form)
    return run if run.lstrip("+").isdigit() or run[2:].isdigit() else None


@_text
def digits_in_pairs(canary):
    run = re.sub(r"[\s./-]", "", canary.form)
    if not run.isdigit():
        return None
    return "/".join(re.findall("..?", run))


# --- escapes -------------------------------------------------------------------------------------


@_text
def percent_encoded(canary):
    return "https://www.example.org/?q=" + urllib.parse.quote(canary.form)


@_text
def percent_encoded_letter_by_letter(canary):
    return "".join(f"%{byte:02x}" for byte in canary.form.encode())


@_text
def percent_encoded_twice(canary):
    return urllib.parse.quote(urllib.parse.quote(canary.form, safe=""), safe="")


@_text
def percent_encoded_latin_1(canary):
    try:
        return urllib.parse.quote(canary.form.encode("latin-1"))
    except UnicodeEncodeError:
        return None


@_text
def plus_for_spaces(canary):
    return f"https://www.example.org/?q={urllib.parse.quote_plus(canary.form)}"


def _entities(text: str, pattern: str) -> str:
    return "".join(pattern.format(ord(sign)) for sign in text)


@_text
def decimal_entities(canary):
    return _entities(canary.form, "&#{};")


@_text
def hexadecimal_entities(canary):
    return _entities(canary.form, "&#x{:X};")


@_text
def named_entities(canary):
    named = "".join(
        f"&{html.entities.codepoint2name[ord(s)]};" if ord(s) in html.entities.codepoint2name else s
        for s in canary.form
    )
    return named.replace(" ", "&nbsp;")


@_text
def escaped_twice(canary):
    return _entities(canary.form, "&amp;#{};")


@_markup
def entities_without_their_end(canary):
    return _entities(canary.form, "&#{} ").replace(" &", "&").strip()


# --- tags inside and around ----------------------------------------------------------------------


@_markup
def bold_half(canary):
    middle = len(canary.form) // 2
    return f"<b>{canary.form[:middle]}</b>{canary.form[middle:]}"


@_markup
def every_letter_in_its_own_tag(canary):
    return "".join(f"<span><em>{sign}</em></span>" for sign in canary.form)


@_markup
def comments_inside(canary):
    return _between(canary.form, "\x00").replace("\x00", "<!-- - -->")


@_markup
def break_opportunities(canary):
    return _between(canary.form, "\x00").replace("\x00", "<wbr>")


@_markup
def line_break_elements(canary):
    return canary.form.replace(" ", "<br />")


@_markup
def paragraphs(canary):
    found = _words(canary)
    return f"<p>{found[0]}</p>\n<p>{found[1]}</p>" if found else None


@_markup
def table_cells(canary):
    found = _words(canary)
    row = f"<tr><td>{found[0]}</td><td>{found[1]}</td></tr>" if found else None
    return f"<table><tbody>{row}</tbody></table>" if row else None


@_markup
def unknown_elements(canary):
    return f"<o:p><st1:personname w:st='on'>{canary.form}</st1:personname></o:p>"


@_markup
def unclosed_tags(canary):
    middle = len(canary.form) // 2
    return f"<b><i>{canary.form[:middle]}</b>{canary.form[middle:]}"


@_markup
def ruby(canary):
    return f"<ruby>{canary.form}<rt>{canary.form}</rt></ruby>"


# --- what isn't shown ----------------------------------------------------------------------------


@_markup
def comment(canary):
    return f"<!-- {canary.form} -->"


@_markup
def conditional_comment(canary):
    return f"<!--[if mso]><p>{canary.form}</p><![endif]-->"


@_markup
def processing_instruction(canary):
    return f"<?xml note {canary.form}?>"


@_markup
def hidden_by_style(canary):
    return f'<span style="display:none">{canary.form}</span>'


@_markup
def script(canary):
    return f'<script>var nom = "{canary.form}";</script>'


@_markup
def style_sheet(canary):
    return f'<style>.x::before {{ content: "{canary.form}" }}</style>'


@_markup
def style_attribute(canary):
    return f"<span style='color:red; content: \"{canary.form}\"'>voir</span>"


@_markup
def style_escaped(canary):
    written = "".join(f"\\{ord(sign):06x}" for sign in canary.form)
    return f"<span style='content: \"{written}\"'>voir</span>"


@_markup
def template_and_noscript(canary):
    return f"<template>{canary.form}</template><noscript>{canary.form}</noscript>"


@_markup
def form_elements(canary):
    quoted = html.escape(canary.form)
    return (
        f'<form action="/?q={quoted}"><input value="{quoted}"><textarea>{canary.form}</textarea>'
        f"<select><option>{canary.form}</option></select></form>"
    )


@_markup
def frames_and_objects(canary):
    quoted = html.escape(canary.form)
    return (
        f'<iframe srcdoc="&lt;p&gt;{quoted}&lt;/p&gt;">{canary.form}</iframe>'
        f'<object data="/x?{quoted}">{canary.form}</object><embed src="/{quoted}.pdf">'
    )


# --- attributes ----------------------------------------------------------------------------------


def _attribute(name: str, value: str) -> str:
    return f'<a {name}="{html.escape(value)}">voir</a>'


@_markup
def alternative_text(canary):
    return f'<img src="https://www.example.org/i.png" alt="Photo de {html.escape(canary.form)}">'


@_markup
def title_attribute(canary):
    return _attribute("title", canary.form)


@_markup
def aria_label(canary):
    return _attribute("aria-label", _bare(canary.form).upper())


@_markup
def data_attribute(canary):
    return _attribute("data-nom", canary.form)


@_markup
def class_and_id(canary):
    slug = re.sub(r"\W+", "-", _bare(canary.form)).lower()
    return f'<p class="{slug}" id="{slug}">voir</p>'


@_markup
def event_attribute(canary):
    return f'<b onclick="alert(&quot;{html.escape(canary.form)}&quot;)">voir</b>'


@_markup
def href(canary):
    slug = re.sub(r"\W+", "-", _bare(canary.form)).lower()
    return _attribute("href", f"https://www.example.org/dossiers/{slug}.html")


@_markup
def href_percent_encoded(canary):
    return _attribute("href", "https://www.example.org/" + urllib.parse.quote(canary.form))


@_markup
def mailto(canary):
    slug = re.sub(r"\W+", ".", _bare(canary.form)).lower()
    return _attribute(
        "href", f"mailto:{slug}@example.org?subject={urllib.parse.quote(canary.form)}"
    )


@_markup
def telephone_link(canary):
    digits = re.sub(r"[^0-9+]", "", canary.form)
    return _attribute("href", f"tel:{digits}") if canary.category.value == "phone" else None


@_markup
def image_source(canary):
    slug = urllib.parse.quote(canary.form.replace(" ", "_"))
    return f'<img src="/images/{slug}.jpg" srcset="/images/{slug}-2x.jpg 2x" alt="">'


# --- other languages and data --------------------------------------------------------------------


@_markup
def svg_text(canary):
    return f"<svg><title>{canary.form}</title><desc>{canary.form}</desc><text>{canary.form}</text></svg>"


@_markup
def svg_letter_by_letter(canary):
    spans = "".join(f"<tspan>{sign}</tspan>" for sign in canary.form)
    return f"<svg><text>{spans}</text></svg>"


@_markup
def mathml(canary):
    letters = "".join(f"<mi>{sign}</mi>" for sign in canary.form)
    return f"<math><mrow>{letters}</mrow><mtext>{canary.form}</mtext></math>"


@_markup
def mathml_annotation(canary):
    note = f'<annotation encoding="application/x-tex">{canary.form}</annotation>'
    return (
        f'<math alttext="{html.escape(canary.form)}"><semantics><mi>x</mi>{note}</semantics></math>'
    )


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


@_markup
def data_link(canary):
    return f'<a href="data:text/html;base64,{_base64(canary.form)}">voir</a>'


@_markup
def data_image_of_svg(canary):
    drawn = f"<svg xmlns='http://www.w3.org/2000/svg'><text>{canary.form}</text></svg>"
    return f'<img src="data:image/svg+xml;base64,{_base64(drawn)}" alt="">'


@_markup
def data_image_with_a_comment(canary):
    data = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\x00tEXtAuthor\0" + canary.form.encode() + b"\0\0\0\0"
    return f'<img src="data:image/png;base64,{base64.b64encode(data).decode()}" alt="">'


@_markup
def data_link_percent_encoded(canary):
    return f'<a href="data:text/plain,{urllib.parse.quote(canary.form)}">voir</a>'


# --- marks ---------------------------------------------------------------------------------------


def _mark(canary: Canary, text: str) -> str:
    return f'<span data-pm-cat="{canary.category.value}">{text}</span>'


@_markup
def marked_twice_over(canary):
    return _mark(canary, _mark(canary, canary.form))


@_markup
def marks_that_overlap(canary):
    middle = len(canary.form) // 2
    first, last = canary.form[:middle], canary.form[middle:]
    return f"{_mark(canary, f'{first}<b>{last}</b>')}<b></span></b>"


@_markup
def anonymised_with_its_text(canary):
    return f'<span class="pm-anonymize">{canary.form}</span>'


@_markup
def anonymised_in_other_spellings(canary):
    return "".join(
        f'<{tag} class="x {name}">{canary.form}</{tag}>'
        for tag, name in (
            ("span", "pm-anonymized"),
            ("SPAN", "PM-Anonymise"),
            ("font", "pm_anonymised"),
            ("b", "pm-anonimize"),
        )
    )


@_markup
def anonymised_across_tags(canary):
    middle = len(canary.form) // 2
    first, last = canary.form[:middle], canary.form[middle:]
    return (
        f'<span class="pm-anonymize"><b>{first}</b></span><span class="pm-anonymize">{last}</span>'
    )


@_markup
def only_half_of_it_marked(canary):
    found = _words(canary)
    return f"{_mark(canary, found[0])} {found[1]}" if found else None


ALL = {**TEXT, **MARKUP}
