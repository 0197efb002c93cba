"""The reasons for which a name is proposed, and how sure each is."""

(
    CIVILITY,
    KINSHIP,
    ROLE,
    FOLLOWED,
    GIVEN,
    LIST,
    CAPITALS,
    ESTATE,
    COLUMN,
    MODEL,
    UNKNOWN,
    CARELESS,
) = "civility kinship role followed given-name list capitals estate column language-model unknown-word small-letters".split()
CONFIDENCE = {
    CIVILITY: 0.95,
    KINSHIP: 0.9,
    ROLE: 0.8,
    FOLLOWED: 0.9,
    GIVEN: 0.85,
    LIST: 0.7,
    CAPITALS: 0.5,
    ESTATE: 0.5,
    COLUMN: 0.75,
    MODEL: 0.4,
    UNKNOWN: 0.3,
    CARELESS: 0.5,
}
