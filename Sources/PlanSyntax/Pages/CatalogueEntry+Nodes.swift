package import PlanText

extension CatalogueEntry {
  /// The pages about anchors, tags and keys.
  static let nodePages: [CatalogueEntry] = [
    unknownAnchor, recursiveAlias, anchorTwice, duplicateKey, keyIsNoText, tag, directive,
    anchorName,
  ]

  /// An alias before its anchor, or without one.
  package static let unknownAnchor = CatalogueEntry(
    "S008", "An alias names no anchor",
    explanation: """
      `*name` stands for the value that `&name` marks earlier in the same document, and there is \
      none of this name: it is misspelt, stands later, or stands in another document of the \
      file.

      What the alias was to repeat is missing then: a server would be left without its \
      certificate, or a wait without its minimum.

      Put `&name` before the value, or correct the name. A text that starts with a star must \
      stand in quotes.
      """,
    bad: "sites:\n  paris: &defaults { database: embedded }\n  berlin: *default\n",
    good: "sites:\n  paris: &defaults { database: embedded }\n  berlin: *defaults\n")

  /// An alias inside the value of its own anchor.
  package static let recursiveAlias = CatalogueEntry(
    "S009", "An anchor contains itself",
    explanation: """
      The alias stands inside the very value that its anchor names, so that the value would \
      contain itself without end.

      No plan means that; it is a slip in the name, or the anchor stands one level too far out, \
      and the site or server that was to be repeated is another.

      Move the anchor to the value that is meant, or correct the name.
      """,
    bad: "sites: &all\n  paris: { servers: *all }\n",
    good: "sites:\n  paris: { servers: &all { sepm-par-01: {} } }\n  berlin: { servers: *all }\n")

  /// One anchor name, two values.
  package static let anchorTwice = CatalogueEntry(
    "S010", "An anchor is defined twice", severity: .warning,
    explanation: """
      Two values have the same anchor. YAML lets the later `&name` replace the earlier one: \
      aliases before it mean the first value, aliases after it the second.

      A reader who moves a block of lines changes without seeing it how long clients are waited \
      for, or which certificate a server gets.

      Give the two values two names.
      """,
    bad: "a: &wait { minimum: 24h }\nb: &wait { minimum: 7d }\nc: *wait\n",
    good: "a: &short { minimum: 24h }\nb: &long { minimum: 7d }\nc: *long\n")

  /// Two entries of one mapping with one key.
  package static let duplicateKey = CatalogueEntry(
    "S011", "A key stands twice in one mapping",
    explanation: """
      A mapping has the same key twice. Both places are shown.

      Only one of two entries can count, and many YAML readers take the last without a word. For \
      a server that stands twice this would mean that one of the two machines keeps its old \
      certificate, and that its clients are orphaned when verification returns.

      Remove one of the two, or rename it if another server was meant.
      """,
    bad: """
      servers:
        sepm-par-01: { address: sepm-par-01.example.net }
        sepm-par-01: { address: sepm-par-02.example.net }

      """,
    good: """
      servers:
        sepm-par-01: { address: sepm-par-01.example.net }
        sepm-par-02: { address: sepm-par-02.example.net }

      """)

  /// A collection, nothing, or several lines as a key.
  package static let keyIsNoText = CatalogueEntry(
    "S012", "A key is not a simple text",
    explanation: """
      A key is a list, a mapping, nothing, or a text of several lines. Keys of a plan are names \
      on one line.

      It is nearly always a template like `{{ name }}` that was not filled in: the plan that \
      would run is not the one that was reviewed.

      Fill in the template before the plan is read, or put text in braces into quotes.
      """,
    bad: "metadata:\n  name: {{ estate }}\n",
    good: "metadata:\n  name: '{{ estate }}'\n")

  /// `!tag`.
  package static let tag = CatalogueEntry(
    "S013", "Tags are not used in plans",
    explanation: """
      A tag, written with an exclamation mark, tells a YAML reader what a value is. In a plan \
      the key says what its value is, so there are no tags but the core ones that change \
      nothing: `!!str`, `!!seq`, `!!map`.

      Some readers run code for a tag, and tags of other tools such as `!vault` and `!reference` \
      mean nothing here: the password of a keystore would be the text behind the tag.

      Remove the tag, or put the value in quotes if it is text that starts with an exclamation \
      mark. A secret is referred to with `{ env: NAME }`, `{ file: PATH }` or `{ command: \
      [PROGRAM] }`.
      """,
    bad: "password: !vault secret/paris\n",
    good: "password: { command: [vault, read, secret/paris] }\n")

  /// A line that starts with `%`.
  package static let directive = CatalogueEntry(
    "S014", "A directive is not used in plans",
    explanation: """
      Lines that start with `%` before a document speak to the YAML reader. `%YAML 1.1` and \
      `%YAML 1.2` are accepted, with a line `---` after them; anything else is not.

      `%TAG` gives tags other names, which plans do not use. A key that happens to start with \
      `%` would be taken for such a line and be ignored.

      Remove the line. A key that starts with `%` must stand in quotes.
      """,
    bad: "%TAG !e! tag:example.net,2026:\n---\nkind: RotationPlan\n",
    good: "%YAML 1.2\n---\nkind: RotationPlan\n")

  /// `&` or `*` without a name, or twice.
  package static let anchorName = CatalogueEntry(
    "S026", "An anchor or alias is malformed",
    explanation: """
      `&` and `*` at the start of a value have a meaning in YAML: the one names a value, the \
      other repeats it. A name of letters, digits, `-` and `_` follows without a space, and a \
      value has one anchor at most.

      A pattern such as `*.example.net` is text, and would be taken for the repetition of a \
      value that there is not.

      Put text in quotes, or correct the name of the anchor.
      """,
    bad: "exclude:\n  - group: *.lab\n",
    good: "exclude:\n  - group: '*.lab'\n")
}
