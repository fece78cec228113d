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
      `*name` stands for the value that `&name` marks earlier in the same document. There is no \
      such anchor: the name is misspelt, or the anchor comes later or is in another document of \
      the file.

      What the alias should repeat would be missing: a server would be left without its \
      certificate, or a wait without its minimum.

      Put `&name` before the value, or correct the name. A text that starts with a star must be in \
      quotes.
      """,
    bad: "sites:\n  paris: &defaults { database: embedded }\n  berlin: *default\n",
    good: "sites:\n  paris: &defaults { database: embedded }\n  berlin: *defaults\n")

  /// An alias inside the value of its own anchor.
  package static let recursiveAlias = CatalogueEntry(
    "S009", "An anchor contains itself",
    explanation: """
      The alias is inside the very value that its anchor names, so the value would contain itself \
      without end.

      No plan means that. Either the name is a slip, or the anchor is one level too far out, and \
      another site or server should be repeated.

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

      Somebody who moves a block of lines could change, without noticing, how long clients are \
      waited for or which certificate a server gets.

      Give the two values different names.
      """,
    bad: "a: &wait { minimum: 24h }\nb: &wait { minimum: 7d }\nc: *wait\n",
    good: "a: &short { minimum: 24h }\nb: &long { minimum: 7d }\nc: *long\n")

  /// Two entries of one mapping with one key.
  package static let duplicateKey = CatalogueEntry(
    "S011", "A key stands twice in one mapping",
    explanation: """
      A mapping has the same key twice. The message shows both places.

      Only one of the two entries can count, and many YAML readers silently take the last. If a \
      server is there twice, one of the two machines would keep its old certificate, and its \
      clients would be orphaned when verification returns.

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
      A key is a list, a mapping, nothing, or a text of several lines. In a plan, keys are names \
      on one line.

      Nearly always it is a template like `{{ name }}` that was not filled in, so the plan that \
      would run is not the one that was reviewed.

      Fill in the template before the plan is read, or put text with braces in quotes.
      """,
    bad: "metadata:\n  name: {{ estate }}\n",
    good: "metadata:\n  name: '{{ estate }}'\n")

  /// `!tag`.
  package static let tag = CatalogueEntry(
    "S013", "Tags are not used in plans",
    explanation: """
      A tag, written with an exclamation mark, tells a YAML reader what a value is. In a plan the \
      key says that. The only tags allowed are the core ones that change nothing: `!!str`, \
      `!!seq`, `!!map`.

      Some readers run code for a tag, and the tags of other tools, such as `!vault` and \
      `!reference`, mean nothing here: the password of a keystore would be the text after the tag.

      Remove the tag, or put the value in quotes if it is text that starts with an exclamation \
      mark. Refer to a secret with `{ env: NAME }`, `{ file: PATH }` or `{ command: [PROGRAM] }`.
      """,
    bad: "password: !vault secret/paris\n",
    good: "password: { command: [vault, read, secret/paris] }\n")

  /// A line that starts with `%`.
  package static let directive = CatalogueEntry(
    "S014", "A directive is not used in plans",
    explanation: """
      Lines that start with `%` before a document are instructions to the YAML reader. Only `%YAML \
      1.1` and `%YAML 1.2` are accepted, with a line `---` after them.

      `%TAG` gives tags other names, and plans do not use tags. A key that happens to start with \
      `%` would be taken for such a line and ignored.

      Remove the line. A key that starts with `%` must be in quotes.
      """,
    bad: "%TAG !e! tag:example.net,2026:\n---\nkind: RotationPlan\n",
    good: "%YAML 1.2\n---\nkind: RotationPlan\n")

  /// `&` or `*` without a name, or twice.
  package static let anchorName = CatalogueEntry(
    "S026", "An anchor or alias is malformed",
    explanation: """
      `&` and `*` at the start of a value have a meaning in YAML: `&` names a value, `*` repeats \
      it. A name of letters, digits, `-` and `_` follows without a space, and a value has at most \
      one anchor.

      A pattern such as `*.example.net` is text, but YAML would take it for an alias of a value \
      that does not exist.

      Put text in quotes, or correct the name of the anchor.
      """,
    bad: "exclude:\n  - group: *.lab\n",
    good: "exclude:\n  - group: '*.lab'\n")
}
