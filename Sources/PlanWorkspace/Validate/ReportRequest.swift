package import Reports

/// A format in which findings are asked for, and where they go: `sarif`, `sarif=waltz.sarif`.
package struct ReportRequest: Sendable, Equatable {
  package enum Kind: Sendable, Equatable {
    /// For people.
    case text
    case report(DiagnosticFormat)
  }

  package let kind: Kind

  /// Nil for standard output.
  package let file: String?

  package init(_ kind: Kind, file: String? = nil) {
    self.kind = kind
    self.file = file
  }

  /// The request that a word stands for; nil where it names no format, or a file without a name.
  package init?(_ word: String) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    if name == "text" {
      kind = .text
    } else if let format = DiagnosticFormat(rawValue: name) {
      kind = .report(format)
    } else {
      return nil
    }
    let file = parts.count > 1 ? String(parts[1]) : nil
    guard file?.isEmpty != true else { return nil }
    self.file = file == "-" ? nil : file
  }

  /// The names of all formats.
  package static let names = ["text"] + DiagnosticFormat.allCases.map(\.rawValue)
}
