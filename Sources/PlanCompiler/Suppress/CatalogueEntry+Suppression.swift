package import PlanText

extension CatalogueEntry {
  /// The pages about `# waltz:ignore`.
  package static let suppressionPages: [CatalogueEntry] = [
    suppressionWithoutReason, unknownSuppressedCode, suppressionOfNoFinding,
    unusedSuppression, unknownDirective,
  ]

  package static let suppressionWithoutReason = CatalogueEntry(
    "S030", "A suppression gives no reason",
    explanation: """
      `# waltz:ignore CODE reason` says that a finding is known and intended. This one gives no \
      reason.

      It may hide an expired certificate, or a wait that counts nobody. A person who reads the \
      plan in the middle of the rotation, or audits it months later, needs to know why that was \
      accepted.

      Write the reason after the code, in a few words. The comment goes on a line of its own \
      before the line with the finding, or at the end of that line.
      """,
    bad: ExamplePlan.shared("# waltz:ignore M033"),
    good: ExamplePlan.shared("# waltz:ignore M033 one file holds both names"))

  package static let unknownSuppressedCode = CatalogueEntry(
    "S031", "A suppression names a code that does not exist", severity: .warning,
    canBeSuppressed: false,
    explanation: """
      `waltz:ignore` is followed by the codes of the findings, with commas between them, and then \
      the reason. Waltz does not know this code: it is misspelt, missing, or belongs to another \
      version.

      So nothing is suppressed. The finding is still reported, and on a pull request it looks as \
      if the suppression did not work.

      Correct the code; `waltz explain` lists all of them.
      """,
    bad: ExamplePlan.with(more: "# waltz:ignore M999 one file holds both names"),
    good: ExamplePlan().text)

  package static let suppressionOfNoFinding = CatalogueEntry(
    "S032", "A finding of this kind cannot be suppressed", severity: .warning,
    canBeSuppressed: false,
    explanation: """
      Only warnings, notes and findings about certificate files can be suppressed. This comment is \
      about a finding of another kind.

      With errors in syntax, form or meaning there is no plan to compile. What is proved about the \
      graph cannot be overruled either: a rotation in which verification stays off, or in which a \
      server changes before its clients are ready, orphans clients whatever a comment says.

      Remove the comment and fix the error. Some limits can be overruled in the plan itself with a \
      key that takes a reason, such as `override` for a wait shorter than a day.
      """,
    bad: ExamplePlan.with(more: "# waltz:ignore M002 the certificate follows next week"),
    good: ExamplePlan().text)

  package static let unusedSuppression = CatalogueEntry(
    "S033", "A suppression has nothing to suppress", severity: .warning, canBeSuppressed: false,
    explanation: """
      The finding that the comment was written for is gone: the plan was fixed, or the line moved \
      and the comment stayed behind.

      If it stays, it hides the next finding with this code on this line, with a reason that was \
      given for another.

      Remove it; `waltz plan validate --fix` does that. A comment on a line of its own applies to \
      the next line that is neither empty nor a comment. A comment after a value applies to its \
      own line. A finding is on the line of its first character.
      """,
    bad: ExamplePlan.with(more: "# waltz:ignore M033 one file holds both names"),
    good: ExamplePlan().text)

  package static let unknownDirective = CatalogueEntry(
    "S034", "Waltz does not understand a comment", severity: .warning, canBeSuppressed: false,
    explanation: """
      A comment that starts with `waltz:` is for this program, and the only one it knows is \
      `waltz:ignore CODE reason`.

      Anything else has no effect, although a reader would think that it has. There is no way to \
      turn a check off for a whole file, because one line would hide too much in a file of ten \
      thousand servers.

      Write `waltz:ignore`, or put a space after the colon if the comment is meant for people.
      """,
    bad: ExamplePlan.with(more: "# waltz:disable M033 one file holds both names"),
    good: ExamplePlan().text)
}

extension ExamplePlan {
  /// Two servers that share a certificate, which is noted, with a comment before the certificate.
  fileprivate static func shared(_ comment: String) -> String {
    with {
      $0.certificates = $0.certificates.replacing(
        "  paris-2026:", with: "  \(comment)\n  paris-2026:")
      $0.sites = "sites:\n" + site("paris", certificate: "paris-2026", servers: 2)
    }
  }
}
