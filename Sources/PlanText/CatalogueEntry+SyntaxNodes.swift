// Anchors, keys, tags: what YAML allows between values and plans bound.
extension CatalogueEntry {
  /// An alias before its anchor, or without one.
  public static let unknownAnchor = CatalogueEntry(
    "S008", "An alias names no anchor",
    explanation: """
      `*name` stands for the value that `&name` marks earlier in the same document. There is none of \
      this name: it is misspelt, stands later, or stands in another document of the file. A server \
      would be left without the certificate that it was meant to share.

      Put `&name` before the value. A text that starts with a star must stand in quotes.
      """,
    bad: "sites:\n  paris: &defaults { database: embedded }\n  berlin: *default\n",
    good: "sites:\n  paris: &defaults { database: embedded }\n  berlin: *defaults\n")

  /// An alias inside the value of its own anchor.
  public static let recursiveAlias = CatalogueEntry(
    "S009", "An anchor contains itself",
    explanation: """
      The alias stands inside the very value that its anchor names, so that value would contain itself \
      without end. No plan means that; it is a slip in the name, or the anchor stands one level too far \
      out.
      """,
    bad: "sites: &all\n  paris: { servers: *all }\n",
    good: "sites:\n  paris: { servers: &all { sepm-par-01: {} } }\n  berlin: { servers: *all }\n")

  /// One anchor name, two values.
  public static let anchorTwice = CatalogueEntry(
    "S010", "An anchor is defined twice", severity: .warning,
    explanation: """
      YAML lets a later `&name` replace an earlier one: aliases before it mean the first value, aliases \
      after it the second. A reader who moves a block of lines changes what is rotated without seeing \
      it. Give the two values two names.
      """,
    bad: "a: &wait { minimum: 24h }\nb: &wait { minimum: 7d }\nc: *wait\n",
    good: "a: &short { minimum: 24h }\nb: &long { minimum: 7d }\nc: *long\n")

  /// Two entries of one mapping with one key.
  public static let duplicateKey = CatalogueEntry(
    "S011", "A key stands twice in one mapping",
    explanation: """
      Only one of two entries with the same key can count, and many YAML readers take the last without \
      a word. For a server that stands twice this would mean that one of the two machines keeps its old \
      certificate, and that its clients are orphaned when verification returns.

      Remove one of the two, or rename it if another server was meant. Both places are shown.
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
  public static let keyIsNoText = CatalogueEntry(
    "S012", "A key is not a simple text",
    explanation: """
      Keys of a plan are names on one line. YAML would allow a list or a mapping as a key; it is nearly \
      always a template like `{{ name }}` that was not filled in, or text in braces that needs quotes.
      """,
    bad: "metadata:\n  name: {{ estate }}\n",
    good: "metadata:\n  name: '{{ estate }}'\n")

  /// `!tag`.
  public static let tag = CatalogueEntry(
    "S013", "Tags are not used in plans",
    explanation: """
      A tag, written with an exclamation mark, tells a YAML reader what a value is; some readers even \
      run code for it. In a plan the key says what its value is, so there are no tags but the core ones \
      that change nothing: `!!str`, `!!seq`, `!!map`. This holds for the tags of other tools too, such \
      as `!vault` and `!reference`.

      Remove the tag, or put the value in quotes if it is text that starts with an exclamation mark.
      """,
    bad: "password: !vault secret/paris\n",
    good: "password: { command: [vault, read, secret/paris] }\n")

  /// A line that starts with `%`.
  public static let directive = CatalogueEntry(
    "S014", "A directive is not used in plans",
    explanation: """
      Lines that start with `%` before a document speak to the YAML reader. `%YAML 1.1` and \
      `%YAML 1.2` are accepted; the line `---` must follow. `%TAG` names tags, which plans do not use.

      Remove the line. A key that starts with `%` must stand in quotes.
      """,
    bad: "%TAG !e! tag:example.net,2026:\n---\nkind: RotationPlan\n",
    good: "%YAML 1.2\n---\nkind: RotationPlan\n")

  /// `&` or `*` without a name, or twice.
  public static let anchorName = CatalogueEntry(
    "S026", "An anchor or alias is malformed",
    explanation: """
      `&` and `*` at the start of a value have a meaning in YAML: the one names a value, the other \
      repeats it. A name of letters, digits, `-` and `_` follows without a space, and a value has one \
      anchor at most. A pattern such as `*.example.net` is text and must stand in quotes.
      """,
    bad: "exclude:\n  - group: *.lab\n",
    good: "exclude:\n  - group: '*.lab'\n")
}
