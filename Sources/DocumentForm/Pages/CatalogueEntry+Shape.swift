package import PlanText

extension CatalogueEntry {
  /// The pages about the form of a document.
  package static let formPages: [CatalogueEntry] = shapePages + scalarPages + kindPages

  /// The pages about keys, lists and which of them may stand where.
  static let shapePages: [CatalogueEntry] = [
    unknownKey, missingKey, wrongShape, emptyValue, emptyCollection, wrongCount, mergeKey,
    notExactlyOne,
  ]

  package static let unknownKey = CatalogueEntry(
    "F001", "The key is not known here",
    explanation: """
      Every mapping of a document has a fixed set of keys; only where you choose the names \
      yourself (sites, servers, certificates, labels) is any name accepted. This key is none of \
      them.

      A key that is not known would otherwise be ignored without a word. A misspelt 'minimum' \
      would let a certificate be changed days too early, and the clients that were on leave \
      would be lost.

      Correct the spelling, move the key to the mapping it belongs to, or remove it.
      """,
    bad: ExamplePlan.with(more: "waits:\n  default: { minimun: 7d }"),
    good: ExamplePlan.with(more: "waits:\n  default: { minimum: 7d }"))

  package static let missingKey = CatalogueEntry(
    "F002", "A required key is missing",
    explanation: """
      A key is missing that has no default which would be right for every estate: the address of \
      a server, the name of the plan.

      Without an address no probe can see which certificate a server presents, so that a missed \
      restart would stay hidden until clients fail.

      Add the key; the message says what it holds.
      """,
    bad: ExamplePlan.with(site: "      sepm-par-02: { version: 14.3.9816 }"),
    good: ExamplePlan.with(site: "      sepm-par-02: { address: sepm-par-02.example.net }"))

  package static let wrongShape = CatalogueEntry(
    "F003", "A list, mapping or text stands where another is expected",
    explanation: """
      A place of the document takes one kind of value: a text, a list such as '[paris, berlin]', \
      or a mapping such as '{ env: NAME }'. Here stands another.

      Most often a dash is missing or superfluous, or a value that belongs under a key stands in \
      its place. Waltz does not guess which: one site in a list of waves could be a wave of one \
      site or a slip.

      Write the value in the form that the message shows.
      """,
    bad: ExamplePlan.with(more: "strategy:\n  waves: paris"),
    good: ExamplePlan.with(more: "strategy:\n  waves: [[paris]]"))

  package static let emptyValue = CatalogueEntry(
    "F004", "The key has no value",
    explanation: """
      A key has nothing after its colon, or '~' or 'null'.

      That says neither that a default shall hold nor what else is meant. A deadline that was \
      deleted with its key kept would silently become a fortnight.

      Write the value, indent it under its key if it stands on the next line, or leave the key \
      out so that the default holds.
      """,
    bad: ExamplePlan.with(more: "waits:\n  default:\n    minimum:"),
    good: ExamplePlan.with(more: "waits:\n  default:\n    minimum: 7d"))

  package static let emptyCollection = CatalogueEntry(
    "F005", "The list or mapping is empty",
    explanation: """
      An empty list or mapping stands where at least one entry is needed.

      A plan without sites has nothing to rotate, a list of no waves would rotate no site, and a \
      command without a program cannot be run.

      Add an entry, or leave the key out where it may be left out.
      """,
    bad: ExamplePlan.with(more: "strategy:\n  waves: []"),
    good: ExamplePlan.with(more: "strategy:\n  serversAtOnce: 1"))

  package static let wrongCount = CatalogueEntry(
    "F006", "The list has the wrong number of entries",
    explanation: """
      The list takes a fixed number of entries and has another.

      Replication in SEPM joins exactly two sites. Three sites that replicate with each other \
      are three partnerships, and each is broken and restored by itself; in a list of three it \
      would be unclear which.

      Split the list or complete it, as the message says.
      """,
    bad: ExamplePlan.pair(
      "replication:\n  - { sites: [paris, berlin, rome], break: suspend }"),
    good: ExamplePlan.pair(
      "replication:\n  - { sites: [paris, berlin], break: suspend }"))

  package static let mergeKey = CatalogueEntry(
    "F007", "YAML's merge key is not supported",
    explanation: """
      '<<', YAML's merge key, stands in a mapping. It was never part of YAML 1.2, and tools \
      disagree on which value wins when it meets a key that is there already.

      In a plan that decides when clients lose contact nothing may depend on which tool read it.

      Write the keys out. Anchors and aliases for whole values work; 'waits.default' says once \
      what holds for every wait.
      """,
    bad: ExamplePlan.with(
      more: "waits:\n  default: &slow { minimum: 7d }\n  https-restored:\n    <<: *slow"),
    good: ExamplePlan.with(
      more: "waits:\n  default: &slow { minimum: 7d }\n  https-restored: *slow"))

  package static let notExactlyOne = CatalogueEntry(
    "F008", "Exactly one of several keys must be given",
    explanation: """
      A mapping offers a choice between keys and has none of them or more than one: a \
      certificate comes from one of 'pkcs12', 'jks', 'pem' or 'der', a secret from one of 'env', \
      'file' or 'command'.

      With two of them nobody could tell which certificate the servers get; with none the wizard \
      would be open, verification off, and the file unknown.

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
