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
      `# waltz:ignore CODE reason` says that a finding is known and meant to be as it is. This \
      one gives no reason.

      Behind it may stand a month with an expired certificate, or a wait that counts nobody. \
      Whoever reads the plan in the middle of the rotation, or audits it months later, must find \
      out why somebody was content with it.

      Write the reason behind the code, in a few words. The comment stands on a line of its own \
      before the line that the finding is about, or at the end of that line.
      """,
    bad: ExamplePlan.shared("# waltz:ignore M033"),
    good: ExamplePlan.shared("# waltz:ignore M033 one file holds both names"))

  package static let unknownSuppressedCode = CatalogueEntry(
    "S031", "A suppression names a code that does not exist", severity: .warning,
    canBeSuppressed: false,
    explanation: """
      After `waltz:ignore` stand the codes of the findings, with commas between them, then the \
      reason. Here is a code that Waltz does not know: it is misspelt, left out, or belongs to \
      another version.

      It suppresses nothing. The finding that was meant is still reported, which on a pull \
      request looks as if the suppression did not work.

      Correct the code; `waltz explain` lists all of them.
      """,
    bad: ExamplePlan.with(more: "# waltz:ignore M999 one file holds both names"),
    good: ExamplePlan().text)

  package static let suppressionOfNoFinding = CatalogueEntry(
    "S032", "A finding of this kind cannot be suppressed", severity: .warning,
    canBeSuppressed: false,
    explanation: """
      Warnings and notes can be suppressed, and what is said about certificate files. This \
      comment is about a finding of another kind.

      Errors of syntax, form and meaning leave no plan to compile. What is proved about the \
      graph cannot be overruled either: a rotation in which verification stays off, or a server \
      changes before its clients are ready, orphans clients whatever a comment says.

      Remove the comment and mend the error. Some limits can be overruled in the plan itself, \
      where the language has a key with a reason for it: a wait shorter than a day has \
      `override`.
      """,
    bad: ExamplePlan.with(more: "# waltz:ignore M002 the certificate follows next week"),
    good: ExamplePlan().text)

  package static let unusedSuppression = CatalogueEntry(
    "S033", "A suppression has nothing to suppress", severity: .warning, canBeSuppressed: false,
    explanation: """
      The finding that the comment was written for is gone: the plan was mended, or the line \
      moved and the comment stayed behind.

      Left in place it would hide the next finding of its kind at this line, for a reason that \
      was given for another.

      Remove it; `waltz plan validate --fix` does. A comment on a line of its own counts for the \
      next line that is neither empty nor a comment, one behind a value for its own line, and a \
      finding stands on the line of its first character.
      """,
    bad: ExamplePlan.with(more: "# waltz:ignore M033 one file holds both names"),
    good: ExamplePlan().text)

  package static let unknownDirective = CatalogueEntry(
    "S034", "A comment for Waltz is not understood", severity: .warning, canBeSuppressed: false,
    explanation: """
      A comment that starts with `waltz:` is meant for this program, and the only one it knows \
      is `waltz:ignore CODE reason`.

      Anything else has no effect, and a reader would think that it has. There is no way to \
      switch off a check for a whole file, since a file of ten thousand servers hides too much \
      behind one line.

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
