import ArgumentParser
import Reports

/// A format and where it goes: `sarif`, `sarif=waltz.sarif`.
struct FormatRequest: ExpressibleByArgument {
  enum Kind: Equatable {
    case text
    case report(DiagnosticFormat)
  }

  let kind: Kind

  /// Nil for standard output.
  let file: String?

  init(_ kind: Kind, file: String? = nil) {
    self.kind = kind
    self.file = file
  }

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
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
  static let names = ["text"] + DiagnosticFormat.allCases.map(\.rawValue)

  static var allValueStrings: [String] { names }
}
