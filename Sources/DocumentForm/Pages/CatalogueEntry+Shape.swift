package import PlanText

extension CatalogueEntry {
  /// The pages about the form of a document.
  package static let formPages: [CatalogueEntry] =
    shapePages + scalarPages + calendarPages + kindPages

  /// The pages about keys, lists and which of them may stand where.
  static let shapePages: [CatalogueEntry] = [
    unknownKey, missingKey, wrongShape, emptyValue, emptyCollection, wrongCount, mergeKey,
    notExactlyOne,
  ]

  package static let unknownKey = CatalogueEntry(
    "F001", "The key is not known here",
    explanation: """
      Every mapping of a document has a fixed set of keys. Any name is accepted only where you \
      choose the names yourself (sites, servers, certificates, labels). This key is not known \
      here.

      If unknown keys were ignored, a misspelt 'minimum' would let a certificate be changed days \
      too early, and the clients whose users were on leave would be lost.

      Correct the spelling, move the key to the mapping it belongs to, or remove it.
      """,
    bad: ExamplePlan.with(more: "waits:\n  default: { minimun: 7d }"),
    good: ExamplePlan.with(more: "waits:\n  default: { minimum: 7d }"))

  package static let missingKey = CatalogueEntry(
    "F002", "A required key is missing",
    explanation: """
      A key is missing for which no default could be right in every estate, such as the address of \
      a server or the name of the plan.

      Without an address no probe can see which certificate a server presents, so a missed restart \
      would stay hidden until clients fail.

      Add the key. The message says what it holds.
      """,
    bad: ExamplePlan.with(site: "      sepm-par-02: { version: 14.3.9816 }"),
    good: ExamplePlan.with(site: "      sepm-par-02: { address: sepm-par-02.example.net }"))

  package static let wrongShape = CatalogueEntry(
    "F003", "A list, mapping or text where another is expected",
    explanation: """
      Each place in the document takes one kind of value: a text, a list such as '[paris, \
      berlin]', or a mapping such as '{ env: NAME }'. This is a value of another kind.

      Usually there is a dash too few or too many, or a value stands where a key belongs above it. \
      Waltz does not guess: a single site in a list of waves could be a wave of one site or a \
      slip.

      Write the value in the form that the message shows.
      """,
    bad: ExamplePlan.with(more: "strategy:\n  waves: paris"),
    good: ExamplePlan.with(more: "strategy:\n  waves: [[paris]]"))

  package static let emptyValue = CatalogueEntry(
    "F004", "The key has no value",
    explanation: """
      A key has nothing after its colon, or '~' or 'null'.

      An empty value could mean the default or something else. If a deadline was deleted but its \
      key was kept, the deadline would silently become 14 days.

      Write the value. If it is on the next line, indent it under its key. For the default, leave \
      the key out.
      """,
    bad: ExamplePlan.with(more: "waits:\n  default:\n    minimum:"),
    good: ExamplePlan.with(more: "waits:\n  default:\n    minimum: 7d"))

  package static let emptyCollection = CatalogueEntry(
    "F005", "The list or mapping is empty",
    explanation: """
      The list or mapping is empty, and at least one entry is needed.

      A plan without sites has nothing to rotate, an empty list of waves would rotate no site, and \
      a command without a program cannot be run.

      Add an entry, or leave the key out if it is optional.
      """,
    bad: ExamplePlan.with(more: "strategy:\n  waves: []"),
    good: ExamplePlan.with(more: "strategy:\n  serversAtOnce: 1"))

  package static let wrongCount = CatalogueEntry(
    "F006", "The list has the wrong number of entries",
    explanation: """
      The list takes a fixed number of entries, and this one has more or fewer.

      Replication in SEPM joins exactly two sites. Three sites that replicate with each other are \
      three partnerships, and each is broken and restored separately. A list of three would not \
      say which one is meant.

      Split the list or complete it, as the message says.
      """,
    bad: ExamplePlan.pair(
      "replication:\n  - { sites: [paris, berlin, rome], authority: paris }"),
    good: ExamplePlan.pair(
      "replication:\n  - { sites: [paris, berlin], authority: paris }"))

  package static let mergeKey = CatalogueEntry(
    "F007", "YAML's merge key is not supported",
    explanation: """
      A mapping contains '<<', YAML's merge key. It was never part of YAML 1.2, and tools disagree \
      about which value wins when the key is already there.

      A plan decides when clients lose contact, so what it says must not depend on the tool that \
      reads it.

      Write the keys out. Anchors and aliases for whole values work, and 'waits.default' holds \
      what all waits have in common.
      """,
    bad: ExamplePlan.with(
      more: "waits:\n  default: &slow { minimum: 7d }\n  https-restored:\n    <<: *slow"),
    good: ExamplePlan.with(
      more: "waits:\n  default: &slow { minimum: 7d }\n  https-restored: *slow"))

  package static let notExactlyOne = CatalogueEntry(
    "F008", "Exactly one of several keys must be given",
    explanation: """
      The mapping must have exactly one of several keys, and it has none or more than one: a \
      certificate comes from one of 'pkcs12', 'jks', 'pem' or 'der', a secret from one of 'env', \
      'file' or 'command'.

      With two of them nobody could tell which certificate the servers get. With none, the \
      operator would be at the wizard with verification off and would not know which file to \
      choose.

      Keep exactly one.
      """,
    bad: ExamplePlan.with {
      $0.certificates = """
        certificates:
          paris-2026: { pkcs12: certs/paris.p12, jks: certs/paris.jks }
        """
    },
    good: ExamplePlan.with {
      $0.certificates = """
        certificates:
          paris-2026: { jks: certs/paris.jks }
        """
    })
}
