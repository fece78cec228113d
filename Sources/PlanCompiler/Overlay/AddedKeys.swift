import DocumentForm
import PlanSyntax
import PlanText

extension SyntaxTree {
  /// Diagnostics of what is missing below a key that an overlay added, with the key that was probably meant.
  ///
  /// Who misspells a name in an overlay changes nothing of what the plan has and adds something new, which
  /// lacks what only new things need.
  func naming(added diagnostics: [Diagnostic]) -> [Diagnostic] {
    guard !additions.isEmpty, diagnostics.contains(where: \.isAboutAbsence) else {
      return diagnostics
    }
    var added: [SourceSpan: Addition] = [:]
    for addition in additions { added[span(of: addition.key)] = addition }
    var names: [Node: NearNames] = [:]
    return diagnostics.map { diagnostic in
      guard diagnostic.isAboutAbsence, let addition = added[diagnostic.span] else {
        return diagnostic
      }
      let name = string(of: addition.key)
      let meant = names[
        addition.mapping,
        default: NearNames(entries(of: addition.mapping).map { string(of: $0.key) })
      ].nearest(to: name)
      let way = diagnostic.help.map { " " + $0 } ?? ""
      var result = diagnostic.worded(
        "The plan has no '\(name)', so the overlay adds it. " + diagnostic.detail,
        help: meant.map {
          "Did you mean '\($0)'? If '\(name)' is new, give it everything that it needs:\(way)"
        }
          ?? diagnostic.help,
        related: diagnostic.related)
      result.fixes =
        meant.map { [.write($0, for: name, at: diagnostic.span, isOwn: false)] } ?? diagnostic.fixes
      return result
    }
  }
}

extension Diagnostic {
  /// Whether something is not there that must be.
  fileprivate var isAboutAbsence: Bool { entry == .missingKey || entry == .notExactlyOne }
}
